"""A bar of a drill: what was asked, what was reached, and whether it holds."""

from dataclasses import dataclass

CONTROL = "the drill can fail: "


@dataclass(frozen=True)
class Result:
    """`asked` and `reached` say the figure with its unit; `detail` says how it was come by."""

    name: str
    asked: str
    reached: str
    holds: bool
    detail: str = ""

    @classmethod
    def control(cls, weakness: str, asked: str, reached: str, broke: bool, detail: str = "") -> "Result":
        """A control: the same drill on a house with a known weakness, which holds only where the drill found that out."""
        return cls(f"{CONTROL}{weakness}", asked, reached, broke, detail)

    @property
    def is_control(self) -> bool:
        return self.name.startswith(CONTROL)

    @property
    def verdict(self) -> str:
        return "holds" if self.holds else "falls short"

    def line(self) -> str:
        return f"{self.verdict:<12}{self.name}: {self.reached} (asked: {self.asked})"


@dataclass(frozen=True)
class DrillRun:
    """What one drill reached, and the seconds it took: by the clock, and of one processor in all its processes."""

    name: str
    results: list[Result]
    seconds: float
    processor_seconds: float
