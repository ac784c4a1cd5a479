"""Who stands on the square: the public face of an organisation and its next mass meeting."""
