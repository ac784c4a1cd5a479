"""The languages of pages and calls, and the only way from a code that somebody sent to one of them.

Django keeps a catalogue in memory for every code it activates, so a code is never activated unless it is listed here.
"""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

# The languages a call may be written in: those of the interface, and others that neighbours speak.
WRITTEN_LANGUAGES = (
    *("en", "es", "ar", "bn", "de", "fa", "fr", "hi", "it", "pl", "pt", "ro"),
    *("ru", "sw", "ta", "tr", "uk", "ur", "vi", "zh-hans"),
)


# Languages whose translation no native speaker has read yet; every page in one of them says so.
UNREAD_LANGUAGES = frozenset({"fr", "pt", "zh-hans"})


def known_language(code: str, otherwise: str = "") -> str:
    """The listed language that a code names, such as "es" for "es-MX"; `otherwise`, or English, if it names none.

    >>> known_language("es-MX"), known_language("xx", "ar"), known_language("xx", "yy"), known_language("zh-CN")
    ('es', 'ar', 'en', 'zh-hans')
    """
    return _first_listed((code, otherwise), (*dict(settings.LANGUAGES), *WRITTEN_LANGUAGES))


def interface_language(code: str, otherwise: str = "") -> str:
    """The language of the interface that a code names, or `otherwise` does, or English.

    >>> interface_language("zh"), interface_language("sw", "ar"), interface_language("sw")
    ('zh-hans', 'ar', 'en')
    """
    return _first_listed((code, otherwise), tuple(dict(settings.LANGUAGES)))


def _first_listed(codes: tuple[str, ...], listed: tuple[str, ...]) -> str:
    for code in codes:
        whole = code.lower().replace("_", "-")
        base = whole.partition("-")[0]
        wanted = (
            *(one for one in listed if one in (whole, base)),
            *(one for one in listed if base and one.startswith(f"{base}-")),
        )
        if wanted:
            return whole if whole in wanted else wanted[0]
    return settings.LANGUAGE_CODE


def base_language(code: str) -> str:
    """The two or three letters of a listed language, as typesetters and hyphenation name it.

    >>> base_language("zh-hans"), base_language("")
    ('zh', 'en')
    """
    return known_language(code).partition("-")[0]


def in_language(code: str, otherwise: str = "") -> AbstractContextManager[None]:
    """Speak a listed language inside the block."""
    return translation.override(known_language(code, otherwise))
