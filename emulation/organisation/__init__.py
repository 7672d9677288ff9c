"""Who you are and for which unit you act: accounts, units with their dated names, positions."""
