"""Material that a sum-up can quote: voices, statements and the map, themes, mood, pulse, and earlier responses."""
