"""Shares in whole percent, as each language writes them."""

from django.conf import settings
from django.utils import translation

# What CLDR has for languages that do not write "88%". The space does not break.
PATTERNS = {
    "cs": "{}\u00a0%",
    "da": "{}\u00a0%",
    "de": "{}\u00a0%",
    "es": "{}\u00a0%",
    "eu": "%\u00a0{}",
    "fa": "{}٪",
    "fi": "{}\u00a0%",
    "fr": "{}\u202f%",
    "ku": "%{}",
    "nb": "{}\u00a0%",
    "ro": "{}\u00a0%",
    "ru": "{}\u00a0%",
    "sk": "{}\u00a0%",
    "sl": "{}\u00a0%",
    "sv": "{}\u00a0%",
    "tr": "%{}",
}


def percent_text(share: float, language: str | None = None) -> str:
    """Write a share of 0.88 as "88%", by the rule of the page's language or of the one given."""
    return _pattern(language).format(f"{share * 100:.0f}")


def _pattern(language: str | None) -> str:
    # The commands on files draw the same charts without any settings, in English.
    code = language or (translation.get_language() if settings.configured else None) or "en"
    return PATTERNS.get(code.split("-")[0].lower(), "{}%")
