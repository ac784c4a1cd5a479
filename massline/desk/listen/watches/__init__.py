"""How the world comes in: feeds and tables, told apart and counted once."""
