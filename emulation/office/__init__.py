"""The roof: what waits for each person, the provincial panel, first steps, and the demonstration."""
