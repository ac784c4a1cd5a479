"""Stories of conversations."""
