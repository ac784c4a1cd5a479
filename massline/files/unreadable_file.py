"""The refusal of a file by a command."""

import click


class Unreadable(click.ClickException):
    """A file that cannot be used, said in one sentence: what is wrong, where, and what is accepted."""
