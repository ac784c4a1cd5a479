"""A record of what each person was thanked for, written outside of Massline."""

import threading
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class VoteDeed:
    token: str
    statement: str
    value: int


@dataclass(frozen=True)
class StatementDeed:
    text: str


@dataclass(frozen=True)
class SignUpDeed:
    secret: str
    name: str


@dataclass(frozen=True)
class ReportDeed:
    uuid: str
    text: str


Deed = VoteDeed | StatementDeed | SignUpDeed | ReportDeed


class Ledger:
    """Deeds that were acknowledged, and how often each status was answered."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._deeds: list[Deed] = []
        self.answers: Counter[int] = Counter()
        self.strange: list[str] = []
        self.pages_kept = self.pages_emptied = 0

    def thank(self, deed: Deed) -> None:
        with self._changed:
            self._deeds.append(deed)
            self._changed.notify_all()

    def answered(self, status: int, where: str) -> None:
        with self._changed:
            self.answers[status] += 1
            if status == 500 or (status >= 400 and status not in {429, 503}):
                self.strange.append(f"{status} {where}")

    def refused(self, kept: bool) -> None:
        """Count a refused form; `kept` is true if the page that refuses it shows everything that was typed."""
        with self._changed:
            self.pages_kept += kept
            self.pages_emptied += not kept
            self._changed.notify_all()

    def wait_for_refusals(self, more: int, *, patience: float = 90.0) -> None:
        """Wait for so many more refused forms. Raises AssertionError if there are not enough."""
        with self._changed:
            wanted = self.pages_kept + more
            if not self._changed.wait_for(lambda: self.pages_kept >= wanted, timeout=patience):
                raise AssertionError(
                    f"Nothing was refused for {patience:.0f} seconds: {self.answers} {self.strange[:3]}"
                )

    def deeds(self) -> list[Deed]:
        with self._changed:
            return list(self._deeds)

    def wait_for(self, more: int, *, patience: float = 60.0) -> None:
        """Wait for so many more acknowledged forms. Raises AssertionError if there are not enough."""
        with self._changed:
            wanted = len(self._deeds) + more
            if not self._changed.wait_for(lambda: len(self._deeds) >= wanted, timeout=patience):
                raise AssertionError(f"Nothing was acknowledged for {patience:.0f} seconds: {self.answers}")
