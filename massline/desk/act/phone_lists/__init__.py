"""Phone and text lists: shared out among key-holders, opened one at a time, with the words ready and the answer kept."""
