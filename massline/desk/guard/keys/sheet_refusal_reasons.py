"""Reasons why a keeper may not join, or why their words prove or open nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Reason
from massline.desk.guard.keys import recovery_sheets


@dataclass(frozen=True)
class NoSitting:
    def __str__(self) -> str:
        return _(
            "Nobody has started, or the time is over. Nothing was saved. Start again, with both of you there."
        )


@dataclass(frozen=True)
class WrongJoinCode:
    def __str__(self) -> str:
        return _("That code is wrong or too old. Nothing was changed. Ask them to read it aloud once more.")


@dataclass(frozen=True)
class AllThere:
    def __str__(self) -> str:
        return _("Everyone who was asked is here already. Nothing was changed.")


@dataclass(frozen=True)
class StartedAlready:
    """Somebody else's words are waiting for the second sheet."""

    def __str__(self) -> str:
        return _(
            "Somebody else has started already. Nothing was changed. Join them with their code, or wait ten minutes."
        )


@dataclass(frozen=True)
class UnknownWord:
    place: int
    word: str

    def __str__(self) -> str:
        return _(
            "Nothing was changed. Word %(place)d, “%(word)s”, is not on the list: read it once more. The first four "
            "letters decide."
        ) % {"place": self.place, "word": self.word}


@dataclass(frozen=True)
class WrongChecksum:
    def __str__(self) -> str:
        return _(
            "Nothing was changed. A word is wrong, missing or in the wrong place. Compare each word with the paper."
        )


@dataclass(frozen=True)
class OtherSet:
    """A sheet of another organisation, or of an older set."""

    def __str__(self) -> str:
        return _(
            "This sheet does not belong here: it is from another organisation or an older set. Nothing was changed."
        )


@dataclass(frozen=True)
class SameSheet:
    def __str__(self) -> str:
        return _("This is the same sheet again. Nothing was changed. A second, different sheet is needed.")


@dataclass(frozen=True)
class NoSheet:
    def __str__(self) -> str:
        return _("You have no sheet in this set. Nothing was changed.")


@dataclass(frozen=True)
class NoOwnKey:
    def __str__(self) -> str:
        return _("Log out, log in once with your passphrase, then come back. Nothing was changed.")


def reasons_against_words(words: str) -> list[Reason]:
    """Return why these words are no sheet: a word that is not on the list, or a wrong checksum."""
    if unknown := recovery_sheets.first_unknown_word(words):
        return [UnknownWord(*unknown)]
    return [] if recovery_sheets.sheets_needed(words) else [WrongChecksum()]
