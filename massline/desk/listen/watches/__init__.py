"""Issues an organisation tracks: events from feeds and tables, each counted once."""
