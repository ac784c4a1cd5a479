"""Stories of the front page."""
