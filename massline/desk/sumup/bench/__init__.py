"""What lies on the bench: raw words, statements and the map, themes, mood, pulse, and what was answered last time."""
