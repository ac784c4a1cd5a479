"""Taking the estimates that lie on the bench: themes of a round, mood and pulse of an organisation."""
