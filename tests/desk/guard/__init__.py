"""Stories of security."""
