"""One message, as every way of sending takes it."""

from dataclasses import dataclass, field, replace

from django.template.loader import render_to_string
from django.utils.html import escape, format_html

from massline.desk.act.messages.contact_points import Point
from massline.web.templatetags.massline import direction

SEGMENT = 160


@dataclass(frozen=True)
class Words:
    """What a message says: `changed` stands in bold, `facts` are what, when and where, `links` lead on."""

    subject: str
    facts: tuple[str, ...]
    lead: str = ""
    changed: str = ""
    links: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    language: str = "en"

    def text(self) -> str:
        """Plain text; what changed stands between stars, as people write bold where there is none."""
        changed = f"*{self.changed}*" if self.changed else ""
        links = "\n".join(f"{label}:\n{address}" for label, address in self.links)
        parts = [changed, self.lead, "\n".join(self.facts), links, self.footer]
        return "\n\n".join(part for part in parts if part) + "\n"

    def html(self) -> str:
        return render_to_string(
            "act/messages/message.html", {"words": self, "direction": direction(self.language)}
        )

    def marked(self) -> str:
        """The text with what changed in bold, in the little HTML that messengers read."""
        bold = format_html("<b>{}</b>\n\n", self.changed) if self.changed else ""
        return f"{bold}{escape(replace(self, changed='').text())}"

    def short(self) -> str:
        """A text message: what it is about, what changed or when and where, and one link."""
        said = " ".join(part for part in (self.changed or self.lead, *self.facts) if part)
        link = self.links[0][1] if self.links else ""
        room = 2 * SEGMENT - len(link) - 1
        text = f"{self.subject}: {said}" if self.subject not in said else said
        return f"{text if len(text) <= room else text[: room - 1] + '…'} {link}".strip()


@dataclass(frozen=True)
class Message:
    """Words to one address. `identity` is the same each time the same message is tried: who gets it twice can tell."""

    to: Point
    words: Words
    identity: str
    stop: str = ""
    calendar: bytes = field(default=b"", repr=False)
