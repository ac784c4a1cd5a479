"""Dry run of an import: its effect before anything is stored. Reads names in the open vault and writes nothing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from massline.desk.contacts.imports.column_mapping import Candidate
from massline.desk.contacts.opened_contacts import open_contacts
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Organisation

LEAST_SIMILARITY = 0.84


@dataclass(frozen=True)
class SimilarName:
    """A candidate whose name resembles a contact's, with another contact point. A person decides."""

    candidate: Candidate
    name: str
    point: str


@dataclass
class DryRun:
    """Effect of an import: candidates that are new, known or left out, and why."""

    new: list[Candidate] = field(default_factory=list)
    known: list[Candidate] = field(default_factory=list)
    duplicates: list[Candidate] = field(default_factory=list)
    without_consent: int = 0
    without_point: int = 0
    second_points: int = 0
    similar: list[SimilarName] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return self.without_consent + self.without_point + len(self.duplicates)


def run_dry(
    organisation: Organisation, vault: Vault, candidates: Iterable[Candidate], leave_out: Iterable[int] = ()
) -> DryRun:
    """Sort candidates. The same contact point means the same person; a similar name is only reported."""
    run, ours, seen = DryRun(), _blind_indexes(organisation), set[bytes]()
    skipped = set(leave_out)
    for candidate in candidates:
        indexes = {vault.index(point) for point in candidate.points}
        if not candidate.points:
            run.without_point += 1
        elif indexes & ours:
            run.known.append(candidate)
        elif not candidate.agrees:
            run.without_consent += 1
        elif indexes & seen or candidate.number in skipped:
            run.duplicates.append(candidate)
        else:
            run.new.append(candidate)
            run.second_points += len(candidate.points) > 1
        seen |= indexes
    run.similar = list(_find_similar_names(organisation, vault, run.new))
    return run


def _blind_indexes(organisation: Organisation) -> set[bytes]:
    rows = Contact.objects.of(organisation).exclude(blind_index=None).values_list("blind_index", flat=True)
    return {bytes(index) for index in rows if index}


def _find_similar_names(
    organisation: Organisation, vault: Vault, new: list[Candidate]
) -> Iterable[SimilarName]:
    """Find names that share a word and most letters, whatever the order of their words."""
    contacts = Contact.objects.of(organisation).prefetch_related("next_steps") if new else ()
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for person in open_contacts(contacts, vault):
        bare = _sorted_words(person.name)
        for word in bare.split():
            by_word.setdefault(word, []).append((bare, person.name, person.point))
    for candidate in new:
        bare = _sorted_words(candidate.name)
        near = {ours for word in bare.split() for ours in by_word.get(word, ())}
        best = max(near, key=lambda ours: SequenceMatcher(None, bare, ours[0]).ratio(), default=None)
        if best is not None and SequenceMatcher(None, bare, best[0]).ratio() >= LEAST_SIMILARITY:
            yield SimilarName(candidate, best[1], best[2])


def _sorted_words(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join(sorted(plain.split()))
