"""A call in one of its languages, each written by a person. What a language leaves open is taken from the original."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from massline.square.calls.event_place import describe_place
from massline.square.calls.facts import Facts, TranslationFacts, facts_of
from massline.web.language_choice import in_language

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall
    from massline.square.calls.translations import PublishedTranslation


@dataclass(frozen=True, kw_only=True)
class CallWording(TranslationFacts):
    """The wording of a call in one language; hours are the same in all."""

    what_changed: str
    is_original: bool


def original_wording(call: "PublishedCall") -> CallWording:
    event = call.event
    why = call.why or event.about
    with in_language(call.language):
        place = describe_place(event.place, event.joining)
    return facts_of(CallWording, call, event, place=place, what=event.title, why=why, is_original=True)


def translation_wording(call: "PublishedCall", version: "PublishedTranslation") -> CallWording:
    event = call.event
    with in_language(version.language):
        place = describe_place(version.place or event.place, event.joining)
    return facts_of(
        CallWording,
        version,
        place=place,
        is_original=False,
        # Why something was called off is said once, in the organisers' own words.
        what_changed=event.what_changed if event.is_cancelled else version.what_changed,
    )


def fact_lines(facts: Facts, language: str) -> list[str]:
    """Each listed fact as "label: text", with labels in this language."""
    with in_language(language):
        return [f"{label}: {text}" for label, text in facts.lines]


def all_wordings(call: "PublishedCall") -> list[CallWording]:
    """The original first, then each further language."""
    return [
        original_wording(call),
        *(translation_wording(call, version) for version in call.translations.all()),
    ]


def choose_wording(written: list[CallWording], language: str) -> CallWording:
    """The words in this language where somebody wrote them, else the original, which stands first."""
    wanted = language.split("-")[0].lower()
    matching = [words for words in written if words.language.split("-")[0].lower() == wanted]
    return matching[0] if matching else written[0]


def call_wording_for(call: "PublishedCall", language: str) -> CallWording:
    return choose_wording(all_wordings(call), language)
