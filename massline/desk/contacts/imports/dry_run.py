"""A dry run: what a list would bring, before anything is kept. It reads names in the open vault and writes nothing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from massline.desk.contacts.imports.column_mapping import Candidate
from massline.desk.contacts.opened import opened_contacts
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Organisation

ALIKE = 0.84


@dataclass(frozen=True)
class Alike:
    """Somebody on the list whose name is like one of ours, reached another way. A person decides."""

    candidate: Candidate
    name: str
    point: str


@dataclass
class DryRun:
    """What would happen: who is new, who is known, who is left out and why."""

    new: list[Candidate] = field(default_factory=list)
    known: list[Candidate] = field(default_factory=list)
    twice: list[Candidate] = field(default_factory=list)
    without_consent: int = 0
    without_point: int = 0
    second_points: int = 0
    alike: list[Alike] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return self.without_consent + self.without_point + len(self.twice)


def look(
    organisation: Organisation, vault: Vault, listed: Iterable[Candidate], leave_out: Iterable[int] = ()
) -> DryRun:
    """Sort a list. The same contact point is the same person; a similar name is only pointed out."""
    run, ours, seen = DryRun(), _indexes(organisation), set[bytes]()
    skipped = set(leave_out)
    for one in listed:
        indexes = {vault.index(point) for point in one.points}
        if not one.points:
            run.without_point += 1
        elif indexes & ours:
            run.known.append(one)
        elif not one.agrees:
            run.without_consent += 1
        elif indexes & seen or one.number in skipped:
            run.twice.append(one)
        else:
            run.new.append(one)
            run.second_points += len(one.points) > 1
        seen |= indexes
    run.alike = list(_alike(organisation, vault, run.new))
    return run


def _indexes(organisation: Organisation) -> set[bytes]:
    rows = Contact.objects.of(organisation).exclude(blind_index=None).values_list("blind_index", flat=True)
    return {bytes(one) for one in rows if one}


def _alike(organisation: Organisation, vault: Vault, new: list[Candidate]) -> Iterable[Alike]:
    """Names that share a word and most of their letters, or all letters in another order of words."""
    contacts = Contact.objects.of(organisation).prefetch_related("next_steps") if new else ()
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for person in opened_contacts(contacts, vault):
        bare = _bare(person.name)
        for word in bare.split():
            by_word.setdefault(word, []).append((bare, person.name, person.point))
    for one in new:
        bare = _bare(one.name)
        near = {ours for word in bare.split() for ours in by_word.get(word, ())}
        best = max(near, key=lambda ours: SequenceMatcher(None, bare, ours[0]).ratio(), default=None)
        if best is not None and SequenceMatcher(None, bare, best[0]).ratio() >= ALIKE:
            yield Alike(one, best[1], best[2])


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join(sorted(plain.split()))
