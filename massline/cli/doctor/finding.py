"""One thing the doctor saw."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """What is said, how much it presses, and what to do where it is not fine."""

    level: Literal["fine", "look", "do"]
    says: str
    to_do: str = ""
