"""The themes estimate."""
