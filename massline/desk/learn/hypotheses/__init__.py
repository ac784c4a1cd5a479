"""Hypotheses tested by evidence over years."""
