"""A message in the form every channel accepts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.template.loader import render_to_string
from django.utils.html import escape, format_html

from massline.core.contact_points import ContactPoint
from massline.square.organisations.models import PublicOrganisation
from massline.web.organisation_branding import PLAIN_FACE, PrintBranding, print_branding_of
from massline.web.templatetags.massline import direction

SEGMENT = 160
ROOM_FOR_WORDS = 80  # letters of a text message that links leave to what it says


@dataclass(frozen=True)
class MessageText:
    """The text of a message: `changed` is shown in bold; `facts` are what, when and where; `html` is it rendered already.

    `join` is the link to an online room, which a text message holds beside the first of the links.
    """

    subject: str
    facts: tuple[str, ...] = ()
    lead: str = ""
    changed: str = ""
    links: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    language: str = "en"
    sender: str = ""
    face: PrintBranding = PLAIN_FACE
    html: str = ""
    join: str = ""

    def filled(self, own: Mapping[str, str]) -> "MessageText":
        """The same text with what belongs to one reader in the place of what stands for it."""

        def fill(text: str) -> str:
            for blank, words in own.items():
                text = text.replace(blank, words)
            return text

        return replace(
            self,
            facts=tuple(fill(fact) for fact in self.facts),
            links=tuple((fill(label), fill(address)) for label, address in self.links),
            footer=fill(self.footer),
            html=fill(self.html),
        )

    def with_sender(self, organisation: PublicOrganisation) -> "MessageText":
        """The same text under the name of an organisation, on its own colour where it has one."""
        return replace(self, sender=organisation.name, face=print_branding_of(organisation))

    def as_plain(self) -> str:
        """Plain text, with the change between asterisks."""
        changed = f"*{self.changed}*" if self.changed else ""
        links = "\n".join(f"{label}:\n{address}" for label, address in self.links)
        parts = [changed, self.lead, "\n".join(self.facts), links, self.footer]
        return "\n\n".join(part for part in parts if part) + "\n"

    def as_html(self) -> str:
        return self.html or render_to_string(
            "act/messages/message.html", {"text": self, "direction": direction(self.language)}
        )

    def as_messenger_html(self) -> str:
        """Plain text with the change in bold, in the HTML subset that messengers accept."""
        bold = format_html("<b>{}</b>\n\n", self.changed) if self.changed else ""
        return f"{bold}{escape(replace(self, changed='').as_plain())}"

    def as_sms(self) -> str:
        """Subject, change or facts, one link and that to an online room, cut to two segments.

        A link that leaves no room for words stays out: the first one leads to a page that has it.
        """
        sentence = " ".join(part for part in (self.changed or self.lead, *self.facts) if part)
        first = self.links[0][1] if self.links else ""
        link = " ".join(address for address in (first, self.join) if address)
        if first and len(link) > 2 * SEGMENT - ROOM_FOR_WORDS:
            link = first
        room = 2 * SEGMENT - len(link) - 1
        text = f"{self.subject}: {sentence}" if self.subject not in sentence else sentence
        return f"{text if len(text) <= room else text[: room - 1] + '…'} {link}".strip()


@dataclass(frozen=True)
class Message:
    """A text for one address. `identity` stays the same on a retry, so that a duplicate can be recognised."""

    to: ContactPoint
    text: MessageText
    identity: str
    stop: str = ""
    calendar: bytes = field(default=b"", repr=False)
