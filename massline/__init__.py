"""Massline: organising software for grassroots groups. One loop: listen, sum up, decide, call, act, learn."""

__version__ = "0.1.0"
