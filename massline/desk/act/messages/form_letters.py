"""Messages of one batch: composed once for all who get the same words, and filled in for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex

from massline.core.contact_points import ContactPoint
from massline.desk.act.messages.message import Message, MessageText
from massline.desk.act.messages.message_links import stop_link
from massline.desk.act.messages.models import Mailing
from massline.desk.act.messages.occasion_texts import (
    build_calendar_entry,
    compose_message,
    join_link_for,
    message_identity,
    spell_door_code,
)
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.models import PublicEvent

# Stand where each reader's own secret and code belong; drawn at random, so that no text can contain them.
_SECRET = token_hex(16)


@dataclass
class FormLetters:
    """Composes the messages of one mailing. What people share is rendered once: it is most of the work of a letter."""

    mailing: Mailing
    event: PublicEvent
    entry: bytes
    _blanks: dict[tuple[str, str, bool, bool], MessageText] = field(default_factory=dict)
    _entries: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def compose(self, to: ContactPoint, household: Sequence[Address]) -> Message:
        """Compose one message to all who signed up with one address."""
        first = household[0]
        if len(household) > 1 or not first.manage:
            return compose_message(self.mailing, self.event, to, household, self._entry_for(household))
        own = {_SECRET: first.manage, spell_door_code(_SECRET): spell_door_code(first.manage)}
        return Message(
            to=to,
            text=self._blank(to, first).filled(own),
            identity=message_identity(self.mailing, self.event, first),
            stop=stop_link(household),
            calendar=self._entry_for(household),
        )

    def _entry_for(self, household: Sequence[Address]) -> bytes:
        """The calendar entry in the words of a language, with the link for who has a place; else what was given."""
        language, link = household[0].language, join_link_for(self.mailing, household)
        if not self.entry or not (language or link):
            return self.entry
        if (language, link) not in self._entries:
            self._entries[language, link] = build_calendar_entry(
                self.mailing, self.event, language, link=link
            )
        return self._entries[language, link]

    def _blank(self, to: ContactPoint, first: Address) -> MessageText:
        shape = (first.language, first.slot, first.waits, first.awaits_place)
        if shape not in self._blanks:
            nobody = replace(first, manage=_SECRET)
            text = compose_message(self.mailing, self.event, to, [nobody]).text
            self._blanks[shape] = replace(text, html=text.as_html())
        return self._blanks[shape]
