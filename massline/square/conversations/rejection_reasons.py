"""Reasons for which a statement is turned down. They are kept in English and told in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SAID_ALREADY = gettext_noop("Someone has already said this.")
REASONS: Mapping[str, str] = {
    "names": gettext_noop("It names someone, or people could guess who is meant."),
    "said": SAID_ALREADY,
    "several": gettext_noop("It has more than one idea. Please send each one as its own sentence."),
    "elsewhere": gettext_noop("It is about a different topic."),
    "insults": gettext_noop("It insults someone."),
    "unclear": gettext_noop("People can’t agree or disagree with it."),
}


def reason_in_words(reason: str) -> str:
    """A reason in the reader's language; what a moderator added in their own words stays as it is."""
    chosen = next((known for known in REASONS.values() if reason.startswith(known)), "")
    return _(chosen) + reason.removeprefix(chosen) if chosen else reason
