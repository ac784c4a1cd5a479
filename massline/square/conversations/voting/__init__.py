"""A vote's way: the next statement, the voter's cookie, the write queue and the record."""
