"""Numbers of reports in templates."""
