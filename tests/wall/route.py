"""What an address of either door is declared as: who reaches it, by which methods, about whose row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from massline.desk.people.choices import Role

NOBODY = 0
MEMBER, ORGANISER, HOLDER = int(Role.MEMBER), int(Role.ORGANISER), int(Role.HOLDER)

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
FORM = READ | WRITE


@dataclass(frozen=True)
class Route:
    """The least role that may read, the methods answered, and which rows of a compartment fill the address.

    `rows` names for each part of the address one row or several; `write` is the least role for a POST where it
    is higher; `notes` is the one table in which reading leaves a count; `data` is what a POST sends; `also` are
    further answers a POST of that data may get.
    `key` says that a program's key is asked for: whoever comes without one gets the same 401.
    """

    least: int
    methods: frozenset[str]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    write: int | None = None
    data: dict[str, str] = field(default_factory=dict)
    also: frozenset[int] = frozenset()
    names_all: bool = False
    notes: str = ""
    key: bool = False

    def needed(self, method: str) -> int:
        return self.write if method == "POST" and self.write is not None else self.least


def of(*rows: str) -> dict[str, tuple[str, ...]]:
    return {"pk": rows}
