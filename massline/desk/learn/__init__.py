"""After-action reviews and lessons; the next round begins here."""
