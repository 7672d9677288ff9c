"""Everything due in one calendar, reminders of it, and how each person wants them."""
