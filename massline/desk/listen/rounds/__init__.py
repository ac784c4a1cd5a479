"""Listening rounds: one question, asked until a date, and who has been heard."""
