"""Organisers' ways in: passphrase, second factors, sessions."""
