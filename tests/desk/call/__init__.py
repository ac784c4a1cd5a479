"""Stories of calls."""
