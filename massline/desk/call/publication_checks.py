"""Checks of what a call must say before it is published; page, action and test share them.

What is missing always stops a call. Wording that probably hides something stops it until somebody insists, because
rules of thumb about words can be wrong. Reasons are given in the language of the call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.core.list_and_word_parser import count_words
from massline.core.refusal import Refused
from massline.desk.call import vague_phrases
from massline.desk.call.models import Call
from massline.desk.call.sponsor_names import looks_like_public_organisation
from massline.desk.call.translations.models import CallTranslation
from massline.desk.decide.plain_language_checks import asks_twice, may_ask_twice, sounds_passive
from massline.square.calls.event_place import is_link_as_place
from massline.square.calls.states import Joining
from massline.web.language_choice import in_language, interface_language

SLOGAN_WORDS = 8
SLOGAN_CHARACTERS = 60
MOST_WORDS = 14
MOST_CHARACTERS = 90


@dataclass(frozen=True)
class CallProblem:
    """A reason why a call is vague.

    `warns` never stops a call; `wording` stops it until somebody insists. `say` is in `language`.
    """

    missing: str
    say: str
    warns: bool = False
    wording: bool = False
    language: str = ""

    def __str__(self) -> str:
        return self.say


class NotPublishable(Refused):
    """Raised when a call cannot be published yet."""

    reasons: tuple[CallProblem, ...]


def find_call_problems(call: Call) -> list[CallProblem]:
    """All reasons why a call and its versions are vague, those that stop it first."""
    with in_language(_interface_language(call.language)):
        reasons = [*_facts(call), *_hours(call), *_words(call), *_sponsors(call)]
        reasons = [replace(reason, language=_interface_language(call.language)) for reason in reasons]
    versions = list(call.translations.all()) if call.pk else []
    for version in versions:
        with in_language(_interface_language(version.language)):
            reasons += [
                replace(reason, language=_interface_language(version.language))
                for reason in _version(version)
            ]
    return sorted(reasons, key=lambda reason: (reason.warns, reason.wording))


def reasons_against_publishing(call: Call, *, insist: bool = False) -> list[CallProblem]:
    """The reasons that stop a call; with `insist`, only what is missing."""
    return [
        reason for reason in find_call_problems(call) if not reason.warns and not (insist and reason.wording)
    ]


def _interface_language(language: str) -> str:
    """The language if the interface is translated into it, else the active one."""
    return interface_language(language, translation.get_language() or "")


def _facts(call: Call) -> Iterator[CallProblem]:
    if not call.slogan.strip():
        yield CallProblem("slogan", _("The slogan is missing. Write it as you would shout it."))
    if not call.what.strip():
        yield CallProblem("what", _("It doesn’t say what we will do."))
    if call.joining == Joining.ONLINE and not call.place.strip():
        return
    if is_link_as_place(call.place, call.joining):
        yield _link_as_place()
    elif not call.place.strip():
        yield CallProblem("where", _("The place is missing. Name one everyone can find."))
    elif vague_phrases.is_place_open(call.place, call.language):
        yield CallProblem(
            "open place", _("The place is not settled. People can’t come to a place they are told later.")
        )


def _link_as_place() -> CallProblem:
    sentence = _("Everyone can read the place. Choose “Online” and give the link separately.")
    return CallProblem("link-as-place", sentence)


def _hours(call: Call) -> Iterator[CallProblem]:
    if call.starts_at is None:
        yield CallProblem("when", _("The day and time are missing."))
        return
    if call.starts_at <= timezone.now():
        yield CallProblem("when", _("The day is in the past. Choose a future day."))
    if call.ends_at is None:
        yield CallProblem("end", _("The end time is missing. People plan their day."))
    elif call.ends_at <= call.starts_at:
        yield CallProblem("end", _("The end is before the start."))


def _sponsors(call: Call) -> Iterator[CallProblem]:
    """Names that became those of organisations of this site since; a correction of what is out is not held up."""
    named = (
        call.sponsors.filter(organisation=None).exclude(agreed_on=None) if call.pk and call.is_draft else []
    )
    for sponsor in named:
        if looks_like_public_organisation(sponsor.name, ours=call.organisation):
            sentence = _(
                "“%(name)s” looks like an organisation of this site. Take the name off and make a code for them, so that they agree themselves."
            )
            yield CallProblem("sponsor", sentence % {"name": sponsor.name})


def _words(text: Call | CallTranslation) -> Iterator[CallProblem]:
    """Checks of the words of any language."""
    yield from _ask(text)
    yield from _slogan(text)
    if vague_phrases.has_vague_time(f"{text.slogan} {text.what} {text.ask}", text.language):
        yield CallProblem(
            "when",
            _("It says “soon” or “later”. The day and time are given below, so leave that out."),
            warns=True,
        )
    if vague_phrases.is_wish(text.what, text.language):
        yield CallProblem(
            "what",
            _("“What we will do” is a wish, not an action. Say what someone would see us do."),
            wording=True,
        )


def _version(version: CallTranslation) -> Iterator[CallProblem]:
    yield from _words(version)
    if is_link_as_place(version.place, version.call.joining):
        yield _link_as_place()
    if version.behind:
        yield CallProblem(
            "behind",
            _("The original has changed since this language was written. Read it again."),
            warns=True,
        )


def _ask(text: Call | CallTranslation) -> Iterator[CallProblem]:
    if not text.ask.strip():
        yield CallProblem("ask", _("It doesn’t ask people to do anything. Say the one thing you ask."))
    elif asks_twice(text.ask, text.language) or vague_phrases.has_several_asks(text.ask, text.language):
        two = _("It asks for two things. Keep one; the rest can go under “bring”.")
        yield CallProblem("one ask", two, wording=True)
    elif vague_phrases.is_wish(text.ask, text.language):
        yield CallProblem(
            "ask",
            _("What you ask is not something people can do. Use a verb like come, sign or knock."),
            wording=True,
        )
    elif may_ask_twice(text.ask, text.language):
        yield CallProblem(
            "one ask", _("Does it ask for two things? One thing is easier to say yes to."), warns=True
        )


def _slogan(text: Call | CallTranslation) -> Iterator[CallProblem]:
    words, characters = count_words(text.slogan), len(text.slogan)
    numbers = {"words": words, "characters": characters}
    if words > MOST_WORDS or characters > MOST_CHARACTERS:
        long = _(
            "The slogan is far too long: %(words)d words, %(characters)d characters. Nobody can shout that."
        )
        yield CallProblem("short slogan", long % numbers)
    elif words > SLOGAN_WORDS or characters > SLOGAN_CHARACTERS:
        long = _("The slogan is long: %(words)d words, %(characters)d characters. Could you shout it?")
        yield CallProblem("short slogan", long % numbers, warns=True)
    if sounds_passive(text.slogan, text.language) or vague_phrases.has_hidden_actor(
        text.slogan, text.language
    ):
        yield CallProblem("who acts", _("The slogan doesn’t say who acts. Say who does it."), wording=True)
