"""Security of the desk: access, accounts, keys, the audit chain, backups and retention."""
