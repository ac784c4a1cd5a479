"""The line: demands by breadth of support and how far they go, and slates of a few together."""
