"""For other programs: what an organisation already says, read with a key; and word sent to them when something happens."""
