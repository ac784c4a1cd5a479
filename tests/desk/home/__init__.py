"""Stories of Today."""
