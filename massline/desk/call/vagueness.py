"""What a call must say before it goes out, and what is worth a second look. Page, action and test read this.

What is missing stops a call. So does wording that surely hides something, until somebody insists: rules of thumb
about words are right often, not always. The reasons are given in the language of the call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.call import vague_phrases
from massline.desk.call.models import Call
from massline.desk.call.versions.models import CallVersion
from massline.desk.decide.phrasing import asks_twice, may_ask_twice, sounds_passive

SLOGAN_WORDS = 8
SLOGAN_CHARACTERS = 60
MOST_WORDS = 14
MOST_CHARACTERS = 90


@dataclass(frozen=True)
class Vague:
    """One thing a call leaves open, and what to say about it.

    A warning does not stop it; what is a matter of wording stops it until somebody insists. `language` is the one
    the reason is given in.
    """

    missing: str
    say: str
    warns: bool = False
    wording: bool = False
    language: str = ""

    def __str__(self) -> str:
        return self.say


class TooVague(Refused):
    """The call cannot go out yet; the reasons say why."""

    reasons: tuple[Vague, ...]


def vagueness(call: Call) -> list[Vague]:
    """Everything that is vague about a call, what stops it first; each further language is held to the same."""
    with translation.override(_spoken(call.language)):
        found = [*_facts(call), *_hours(call), *_words(call)]
        found = [replace(one, language=_spoken(call.language)) for one in found]
    versions = list(call.versions.all()) if call.pk else []
    for version in versions:
        with translation.override(_spoken(version.language)):
            found += [replace(one, language=_spoken(version.language)) for one in _version(version)]
    return sorted(found, key=lambda one: (one.warns, one.wording))


def refusals(call: Call, *, insist: bool = False) -> list[Vague]:
    """What stops the call; who insists is stopped only by what is missing."""
    return [one for one in vagueness(call) if not one.warns and not (insist and one.wording)]


def _spoken(language: str) -> str:
    """The language itself where our words are in it, else the one the page is in."""
    base = language.split("-")[0].lower()
    return base if base in dict(settings.LANGUAGES) else (translation.get_language() or "en")


def _facts(call: Call) -> Iterator[Vague]:
    if not call.slogan.strip():
        yield Vague("slogan", _("It has no slogan. Say it as one would shout it."))
    if not call.what.strip():
        yield Vague("what", _("It does not say what we do together."))
    if not call.place.strip():
        yield Vague("where", _("It has no place. Name one that everybody finds."))
    elif vague_phrases.leaves_open(call.place, call.language):
        yield Vague("where", _("The place is still open. People cannot go to a place that is told later."))


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


def _words(said: Call | CallVersion) -> Iterator[Vague]:
    """What holds for the words of every language."""
    yield from _ask(said)
    yield from _slogan(said)
    if vague_phrases.says_soon(f"{said.slogan} {said.what} {said.ask}", said.language):
        yield Vague(
            "when", _("It says “soon” or “later”. The day and hour stand below: leave it out."), warns=True
        )
    if vague_phrases.is_no_deed(said.what, said.language):
        yield Vague(
            "what",
            _("What we do is a wish, not a deed. Say what one would see us do."),
            wording=True,
        )


def _version(version: CallVersion) -> Iterator[Vague]:
    yield from _words(version)
    if version.behind:
        yield Vague(
            "behind",
            _("The original was changed after this language was written. Read it again."),
            warns=True,
        )


def _ask(said: Call | CallVersion) -> Iterator[Vague]:
    if not said.ask.strip():
        yield Vague("ask", _("It asks nothing of anybody. Say the one thing you ask."))
    elif asks_twice(said.ask, said.language) or vague_phrases.lists_asks(said.ask, said.language):
        two = _("It asks two things at once. Keep one; the rest can stand under “bring”.")
        yield Vague("one ask", two, wording=True)
    elif vague_phrases.is_no_deed(said.ask, said.language):
        yield Vague(
            "ask",
            _("What you ask is no deed. Say what somebody does with hands and feet: come, sign, knock."),
            wording=True,
        )
    elif may_ask_twice(said.ask, said.language):
        yield Vague("one ask", _("Does it ask two things? One ask is easier to say yes to."), warns=True)


def _slogan(said: Call | CallVersion) -> Iterator[Vague]:
    words, characters = len(said.slogan.split()), len(said.slogan)
    numbers = {"words": words, "characters": characters}
    if words > MOST_WORDS or characters > MOST_CHARACTERS:
        long = _(
            "The slogan is far too long: %(words)d words, %(characters)d characters. Nobody shouts that."
        )
        yield Vague("short slogan", long % numbers)
    elif words > SLOGAN_WORDS or characters > SLOGAN_CHARACTERS:
        long = _("The slogan is long: %(words)d words, %(characters)d characters. Can one shout it?")
        yield Vague("short slogan", long % numbers, warns=True)
    if sounds_passive(said.slogan, said.language) or vague_phrases.hides_who(said.slogan, said.language):
        yield Vague("who acts", _("The slogan hides who acts. Say who does it."), wording=True)
