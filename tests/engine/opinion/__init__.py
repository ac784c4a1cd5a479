"""The opinion map."""
