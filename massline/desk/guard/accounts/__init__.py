"""Accounts of organisers: passphrase, second factors, sessions, invitations."""
