"""Errors we admitted and corrected in public."""
