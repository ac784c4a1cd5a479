"""The type of the items on the page Today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TodoItem:
    """A thing to do: its name in code, its title, the reason, its button's label, and where the button leads."""

    name: str
    what: str
    why: str
    act: str
    url: str
