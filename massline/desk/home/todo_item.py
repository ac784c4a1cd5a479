"""What Today shows: one thing to do, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TodoItem:
    """One thing to do: what it is, why, what the button says, where it leads."""

    what: str
    why: str
    act: str
    url: str
