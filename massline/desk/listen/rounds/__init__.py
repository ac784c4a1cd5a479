"""Listening rounds: one question, asked until a date, and their coverage."""
