"""Dry run of an import: its effect before anything is stored. Reads names in the open vault and writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from massline.core.person_names import may_be_same_person, name_words
from massline.desk.contacts.contact_identity import decrypt_known_name, upgrade_contact_points
from massline.desk.contacts.decrypted_contacts import open_contacts, open_name_and_point
from massline.desk.contacts.imports.import_candidates import Candidate
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
    refusing: list[Candidate] = field(default_factory=list)
    unanswered: int = 0
    without_point: int = 0
    second_points: int = 0
    known_refusing: int = 0
    sharing: int = 0
    similar: list[SimilarName] = field(default_factory=list)

    @property
    def without_consent(self) -> int:
        """Everybody who did not agree: those who said no, and those without an answer that we can read."""
        return len(self.refusing) + self.unanswered

    @property
    def left_out(self) -> int:
        return self.without_consent + self.without_point + len(self.duplicates)


def preview_import(
    organisation: Organisation, vault: Vault, candidates: Iterable[Candidate], leave_out: Iterable[int] = ()
) -> DryRun:
    """Sort candidates. The same contact point and a name that fits mean the same person; a similar name is only reported.

    Who said no in one row of the list is not kept for a yes in another.
    """
    run, ours, seen = DryRun(), _names_by_point(organisation, vault), dict[bytes, list[str]]()
    skipped, listed = set(leave_out), list(candidates)
    refused = _refusals(listed, vault)
    for candidate in listed:
        indexes = {vault.index(point) for point in candidate.points}
        if not candidate.points:
            run.without_point += 1
        elif _is_among(candidate, indexes, ours):
            run.known.append(candidate)
            run.known_refusing += candidate.said_no
        elif not candidate.agrees or _is_among(candidate, {vault.index(candidate.point)}, refused):
            if candidate.said_no or _is_among(candidate, indexes, refused):
                run.refusing.append(candidate)
            else:
                run.unanswered += 1
        elif _is_among(candidate, indexes, seen) or candidate.number in skipped:
            run.duplicates.append(candidate)
        else:
            run.new.append(candidate)
            run.second_points += candidate.further_points > 0
            run.sharing += not indexes.isdisjoint(ours.keys() | seen.keys())
        for index in indexes:
            seen.setdefault(index, []).append(candidate.name)
    run.similar = list(_find_similar_names(organisation, vault, run.new))
    return run


def _refusals(candidates: list[Candidate], vault: Vault) -> dict[bytes, list[str]]:
    """The names of those who said no, by each contact point that they declined."""
    names: dict[bytes, list[str]] = {}
    for candidate in candidates:
        for way in candidate.ways:
            if way.declined:
                names.setdefault(vault.index(way.point), []).append(candidate.name)
    return names


def _is_among(candidate: Candidate, indexes: set[bytes], names: dict[bytes, list[str]]) -> bool:
    """Whether somebody with one of these contact points has a name that fits."""
    return any(may_be_same_person(candidate.name, name) for index in indexes for name in names.get(index, ()))


def _names_by_point(organisation: Organisation, vault: Vault) -> dict[bytes, list[str]]:
    """The names of those who are known by each contact point."""
    upgrade_contact_points(organisation, vault)
    names: dict[bytes, list[str]] = {}
    for contact in Contact.objects.of(organisation).exclude(blind_index=None):
        point = open_name_and_point(contact, vault)[1]
        names.setdefault(bytes(contact.blind_index or b""), []).append(
            decrypt_known_name(contact, vault, point)
        )
    return names


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
    return " ".join(name_words(name))
