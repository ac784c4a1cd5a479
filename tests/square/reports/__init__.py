"""Stories of report-backs."""
