"""PLACEHOLDER from massline.desk.learn.actions: Holding the review, keeping the lesson, sharing it the same day, and asking the next question."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Organisation, Section
from massline.embed.pii import flags


@dataclass(frozen=True)
class Named:
    """A stretch of a text that points at a person, or may. A sure one cannot be talked away."""

    field: str
    text: str
    sure: bool

    @property
    def say(self) -> str:
        if self.sure:
            return _("“%(text)s” points at a person. Say it without.") % {"text": self.text}
        return _("Is “%(text)s” somebody’s name? Say it without, or say that it is none.") % {
            "text": self.text
        }

    def __str__(self) -> str:
        return self.say


def names_in(texts: dict[str, str], event: Event) -> list[Named]:
    """Find what may name somebody. Members' own names are known; sections and places are no people."""
    members = set(
        Account.objects.filter(memberships__organisation=event.organisation).values_list("name", flat=True)
    )
    known = {name.casefold() for name in members}
    ours = _places(event)
    found = []
    for field, text in texts.items():
        for flag in flags.find(text, names=members):
            said = text[flag.start : flag.end]
            if flag.kind == "name" and said.casefold() not in known and _is_place(said, ours):
                continue
            found.append(Named(field, said, flag.sure or said.casefold() in known))
    return found


def _places(event: Event) -> set[str]:
    organisation = event.organisation
    names = {organisation.name, event.title, event.place}
    if organisation.parent is not None:
        names |= {organisation.parent.name}
        names |= set(Organisation.objects.filter(parent=organisation.parent).values_list("name", flat=True))
    names |= set(Section.objects.filter(organisation=organisation).values_list("name", flat=True))
    return {name.casefold() for name in names}


def _is_place(said: str, places: set[str]) -> bool:
    return any(said.casefold() in place or place in said.casefold() for place in places if place)


class NamesSomebody(Refused):
    """A lesson that points at a person does not travel; the reasons say where."""

    reasons: tuple[Named, ...]
