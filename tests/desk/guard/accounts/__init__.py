"""Login, second steps, sessions and invitations."""
