"""Notices without content on organisers' own phones and computers, by Web Push."""
