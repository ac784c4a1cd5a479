"""Maps kept in the worker's memory, from which the next edition is carried on while little has changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from massline.engine import opinion
from massline.engine.opinion.evidence_schema import TestedOn
from massline.engine.opinion.finding_radius import FindingRadii, measure_finding_radii
from massline.engine.votes import VoteTable
from massline.square.conversations.results.answer_cache import CachedAnswers
from massline.square.conversations.trust_levels import Level

LEAST_CARRIED = 20_000
MOST_CHANGED = 0.02
CACHE_BYTES = 256 * 1024 * 1024
CACHE_SECONDS = 24 * 60 * 60.0


@dataclass(eq=False)
class CachedMap:
    """The last whole estimate of a level, and what of the map after it makes the next one quick.

    Attributes
    ----------
    whole : with everything put on trial
    near : the latest map
    radii : of its findings
    moved : how many answers of the level had moved when the whole estimate was made
    """

    whole: opinion.Opinion
    near: opinion.Opinion
    radii: FindingRadii
    moved: int

    def changed(self, table: VoteTable, moved: int) -> int:
        """Answers that came, went or changed since the whole estimate."""
        before, now = self.whole.table, table
        if not np.array_equal(before.statements, now.statements):
            return before.votes + now.votes
        return max(moved - self.moved, int(np.abs(now.counts - before.counts).sum()))


@dataclass(frozen=True, eq=False)
class LevelMap:
    """The map of a level for one edition; `tested` where it was carried on."""

    opinion: opinion.Opinion
    radii: FindingRadii
    tested: TestedOn | None = None


@dataclass(eq=False)
class CachedConversation:
    """What the worker remembers of one conversation; a new one remembers nothing yet."""

    answers: CachedAnswers = field(default_factory=CachedAnswers)
    maps: dict[Level, CachedMap] = field(default_factory=dict)
    since: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        return self.answers.answers.size if self.answers.answers is not None else 0

    def map_of(self, level: Level, table: VoteTable, *, seed: int, whole: bool = False) -> LevelMap:
        """Carry the last map on where little has changed; else, or where the `whole` is asked for, estimate anew.

        Small conversations, of under 20,000 counted answers, are always estimated anew, as is one of which more than one
        answer in fifty has changed, or that has other statements.
        """
        known = self.maps.get(level)
        moved = self.answers.moved[level.value]
        changed = 0 if known is None else known.changed(table, moved)
        if known is not None and changed == 0 and known.whole.seed == seed:
            return LevelMap(known.whole, measure_finding_radii(known.whole.statements, before=known.radii))
        if known is not None and not whole and table.votes >= LEAST_CARRIED:
            tested = TestedOn(votes=known.whole.table.votes, changed=changed)
            if changed <= MOST_CHANGED * tested.votes and (found := self._carried(known, table)):
                return LevelMap(found, known.radii, tested)
        made = opinion.estimate(table, seed=seed)
        radii = measure_finding_radii(made.statements, before=None if known is None else known.radii)
        self.maps[level] = CachedMap(made, made, radii, moved)
        return LevelMap(made, radii)

    def _carried(self, known: CachedMap, table: VoteTable) -> opinion.Opinion | None:
        found = opinion.update_map(known.whole, table, near=known.near)
        if found is not None:
            known.near, known.radii = found, measure_finding_radii(found.statements, before=known.radii)
        return found


class ConversationCache:
    """The conversations that a process remembers, up to so many bytes; those used longest ago are forgotten first.

    It is memory alone: after a restart each is read from the database again. Once a day each is read anew, should
    anything ever change unmarked.
    """

    def __init__(self, most: int = CACHE_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[int, CachedConversation] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, conversation: int) -> Iterator[CachedConversation]:
        """Hand out what is remembered to one job at a time; a job that fails leaves nothing."""
        with self._lock:
            held = self._held.pop(conversation, None)
        if held is None or time.monotonic() - held.since > CACHE_SECONDS:
            held = CachedConversation()
        yield held
        with self._lock:
            self._held[conversation] = held
            while self._held and sum(one.size for one in self._held.values()) > self._most:
                self._held.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)
