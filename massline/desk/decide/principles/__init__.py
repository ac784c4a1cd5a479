"""Principles: lines we do not cross, and the members' votes on them."""
