"""Reasons for which a statement is turned down. They are kept in English and told in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SAID_ALREADY = gettext_noop("It has been said already.")
REASONS: Mapping[str, str] = {
    "names": gettext_noop("It names somebody, or lets one guess who is meant."),
    "said": SAID_ALREADY,
    "several": gettext_noop("It holds several ideas. Send each as a sentence of its own."),
    "elsewhere": gettext_noop("It is about something else."),
    "insults": gettext_noop("It insults people."),
    "unclear": gettext_noop("One cannot agree or disagree with it."),
}


def reason_in_words(reason: str) -> str:
    """A reason in the reader's language; what a moderator added in their own words stays as it is."""
    chosen = next((known for known in REASONS.values() if reason.startswith(known)), "")
    return _(chosen) + reason.removeprefix(chosen) if chosen else reason
