"""Stories of the API."""
