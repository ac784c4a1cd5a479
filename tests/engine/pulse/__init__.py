"""The pulse estimate."""
