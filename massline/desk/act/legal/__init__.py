"""The legal desk: rights on a card, somebody at the hotline, and as little as possible about whoever is held."""
