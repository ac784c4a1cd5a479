"""Estimates from the engine: themes of a round, mood and trends of an organisation."""
