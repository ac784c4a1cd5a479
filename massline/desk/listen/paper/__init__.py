"""Paper sheets for a round: printing them, and typing in the answers."""
