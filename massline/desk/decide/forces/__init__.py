"""Allies and opponents: organisations and offices, never private people."""
