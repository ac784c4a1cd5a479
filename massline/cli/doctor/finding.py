"""A finding of the doctor."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """A finding with its level, its sentence, and advice unless it is fine."""

    level: Literal["fine", "look", "do"]
    says: str
    to_do: str = ""
