"""The activity log as a hash chain, and its published heads."""
