"""The type of the items on the page Today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TodoItem:
    """A thing to do: its title, the reason, the label of its button, and the address the button leads to."""

    what: str
    why: str
    act: str
    url: str
