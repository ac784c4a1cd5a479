"""Public pages of organisations and their next mass meetings."""
