"""Acts that need two key-holders, legal holds, and upcoming deletions."""
