"""Reading, searching and translating voices."""
