"""Stories of acting."""
