"""Two persons: who may stand as the second for whom, and vouching by a code that is read aloud."""
