"""Access codes, invitations and printed cards for a conversation."""
