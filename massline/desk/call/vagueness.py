"""What a call must say before it goes out, and what is worth a second look. Page, action and test read this."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.call.models import Call
from massline.desk.decide.wording import asks_twice, may_ask_twice, sounds_passive

SLOGAN_WORDS = 8
SLOGAN_CHARACTERS = 60


@dataclass(frozen=True)
class Vague:
    """One thing a call leaves open, and what to say about it. A warning does not stop it."""

    missing: str
    say: str
    warns: bool = False


class TooVague(Exception):
    """The call cannot go out yet; the reasons say why."""

    def __init__(self, reasons: list[Vague]) -> None:
        super().__init__(" ".join(reason.say for reason in reasons))
        self.reasons = reasons


def vagueness(call: Call) -> list[Vague]:
    """Everything that is vague about a call, what stops it first."""
    found = [*_facts(call), *_hours(call), *_ask(call), *_slogan(call)]
    return sorted(found, key=lambda one: one.warns)


def refusals(call: Call) -> list[Vague]:
    return [one for one in vagueness(call) if not one.warns]


def _facts(call: Call) -> Iterator[Vague]:
    if not call.slogan.strip():
        yield Vague("slogan", _("It has no slogan. Say it as one would shout it."))
    if not call.what.strip():
        yield Vague("what", _("It does not say what we do together."))
    if not call.place.strip():
        yield Vague("where", _("It has no place. Name one that everybody finds."))


def _hours(call: Call) -> Iterator[Vague]:
    if call.starts_at is None:
        yield Vague("when", _("It has no day and hour."))
        return
    if call.starts_at <= timezone.now():
        yield Vague("when", _("Its day is past. Choose one to come."))
    if call.ends_at is None:
        yield Vague("end", _("It does not say until when. People plan their day."))
    elif call.ends_at <= call.starts_at:
        yield Vague("end", _("It ends before it starts."))


def _ask(call: Call) -> Iterator[Vague]:
    if not call.ask.strip():
        yield Vague("ask", _("It asks nothing of anybody. Say the one thing you ask."))
    elif asks_twice(call.ask, call.language):
        yield Vague("one ask", _("It asks two things at once. Keep one; the rest can stand under “bring”."))
    elif may_ask_twice(call.ask, call.language):
        yield Vague("one ask", _("Does it ask two things? One ask is easier to say yes to."), warns=True)


def _slogan(call: Call) -> Iterator[Vague]:
    words, characters = len(call.slogan.split()), len(call.slogan)
    if words > SLOGAN_WORDS or characters > SLOGAN_CHARACTERS:
        yield Vague(
            "short slogan",
            _("The slogan is long: %(words)d words, %(characters)d characters. Can one shout it?")
            % {"words": words, "characters": characters},
            warns=True,
        )
    if sounds_passive(call.slogan, call.language):
        yield Vague("who acts", _("The slogan seems to hide who acts. Say who does it."), warns=True)
