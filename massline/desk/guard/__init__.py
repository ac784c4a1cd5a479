"""The wall: who may do what, the vault, the keys, the audit chain."""
