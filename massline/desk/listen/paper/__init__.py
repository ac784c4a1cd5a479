"""Paper sheets for a round: print them, type the answers in again."""
