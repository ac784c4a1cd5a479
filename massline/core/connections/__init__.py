"""Connections to other servers: a deadline for the whole exchange, a limit on size, and no way into our own network."""
