"""Contacts: their list, decryption, sign-ups, next steps, imports with a preview, and exports two people agree on."""
