"""Stories of deciding."""
