"""Flags for personal data in texts: contact details, numbers and names."""
