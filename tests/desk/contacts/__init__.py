"""Stories of contacts."""
