"""The type of the items on the page Today."""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from massline.desk.people.choices import Role


class Urgency(IntEnum):
    """When an item is due: it changed in the world outside, before tonight is out, this week, or when there is time."""

    CHANGED = 0
    TONIGHT = 1
    WEEK = 2
    LATER = 3


@dataclass(frozen=True)
class TodoItem:
    """A thing to do: its name in code, its title, the reason, its button's label, and where the button leads.

    `need` is the role that can do it. `since` and `chart`, an SVG, belong to what has changed.
    """

    name: str
    what: str
    why: str
    act: str
    url: str
    urgency: Urgency = Urgency.WEEK
    need: Role = Role.ORGANISER
    since: str = ""
    chart: str = ""

    @property
    def key(self) -> str:
        """The item from one day to the next, whatever the numbers in its words."""
        return hashlib.sha256(f"{self.name} {self.url}".encode()).hexdigest()[:32]
