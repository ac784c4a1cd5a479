"""A bar of a drill: what was asked, what was reached, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`asked` and `reached` say the figure with its unit; `detail` says how it was come by."""

    name: str
    asked: str
    reached: str
    holds: bool
    detail: str = ""

    @property
    def verdict(self) -> str:
        return "holds" if self.holds else "falls short"

    def line(self) -> str:
        return f"{self.verdict:<12}{self.name}: {self.reached} (asked: {self.asked})"
