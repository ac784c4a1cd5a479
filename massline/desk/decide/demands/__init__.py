"""Demands: what we want, from whom, and how each sits with our principles."""
