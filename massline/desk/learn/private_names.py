"""Private names in the text of a lesson, which travels without them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Organisation, Section
from massline.embed.pii import flags


@dataclass(frozen=True)
class PossibleName:
    """A part of a text that points at a person, or may; a sure one cannot be waved through."""

    field: str
    text: str
    sure: bool

    @property
    def code(self) -> str:
        return "names-somebody" if self.sure else "may-name-somebody"

    def __str__(self) -> str:
        if self.sure:
            return _("“%(text)s” points to a person. Please say it another way.") % {"text": self.text}
        return _("Is “%(text)s” someone’s name? Say it another way, or confirm that it is not a name.") % {
            "text": self.text
        }


class NamesSomebody(Refused):
    """A lesson was refused, as it points at a person; each reason names the field."""

    reasons: tuple[PossibleName, ...]


def find_possible_names(texts: dict[str, str], event: Event) -> list[PossibleName]:
    """Return what may name a person. Members' names are sure; names of sections and places are left out."""
    members = set(
        Account.objects.filter(memberships__organisation=event.organisation).values_list("name", flat=True)
    )
    known = {name.casefold() for name in members}
    places = _places(event)
    names = []
    for field, text in texts.items():
        for flag in flags.find_flags(text, names=members):
            words = text[flag.start : flag.end]
            is_member = words.casefold() in known
            if flag.kind == "name" and not is_member and _is_place(words, places):
                continue
            names.append(PossibleName(field, words, flag.sure or is_member))
    return names


def _places(event: Event) -> set[str]:
    organisation = event.organisation
    names = {organisation.name, event.title, event.place}
    if organisation.parent is not None:
        names |= {organisation.parent.name}
        names |= set(Organisation.objects.filter(parent=organisation.parent).values_list("name", flat=True))
    names |= set(Section.objects.filter(organisation=organisation).values_list("name", flat=True))
    return {name.casefold() for name in names}


def _is_place(words: str, places: set[str]) -> bool:
    return any(words.casefold() in place or place in words.casefold() for place in places if place)
