"""A call in one of its languages, each written by a person. What a language leaves open is taken from the original."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from massline.square.calls.facts import Facts, VersionFacts, facts_of
from massline.web.languages import in_language

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall
    from massline.square.calls.versions import PublishedVersion


@dataclass(frozen=True, kw_only=True)
class Words(VersionFacts):
    """Everything that is said of a call in one language; hours are the same in all."""

    what_changed: str
    is_original: bool


def original_words(call: "PublishedCall") -> Words:
    event = call.event
    why = call.why or event.about
    return facts_of(Words, call, event, what=event.title, why=why, is_original=True)


def version_words(call: "PublishedCall", version: "PublishedVersion") -> Words:
    event = call.event
    return facts_of(
        Words,
        version,
        place=version.place or event.place,
        is_original=False,
        # Why something was called off is said once, in the organisers' own words.
        what_changed=event.what_changed if event.is_cancelled else version.what_changed,
    )


def fact_lines(facts: Facts, language: str) -> list[str]:
    """Each listed fact as "label: text", with labels in this language."""
    with in_language(language):
        return [f"{label}: {text}" for label, text in facts.lines]


def all_words(call: "PublishedCall") -> list[Words]:
    """The original first, then each further language."""
    return [original_words(call), *(version_words(call, version) for version in call.versions.all())]


def choose_words(written: list[Words], language: str) -> Words:
    """The words in this language where somebody wrote them, else the original, which stands first."""
    wanted = language.split("-")[0].lower()
    matching = [words for words in written if words.language.split("-")[0].lower() == wanted]
    return matching[0] if matching else written[0]


def words_in(call: "PublishedCall", language: str) -> Words:
    return choose_words(all_words(call), language)
