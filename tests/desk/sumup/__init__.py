"""Stories of summing up."""
