"""Access codes for closed conversations."""
