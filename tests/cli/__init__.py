"""The `massline` command."""
