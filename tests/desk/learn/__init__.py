"""Stories of learning."""
