"""A call told to those who asked for it, by mail, text or messenger, and what came of each message."""
