"""Reasons a text between organisations is not joined, imported, endorsed or published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoSuchCode:
    def __str__(self) -> str:
        return _("This code doesn’t work: it is mistyped or already used. Ask for a new one.")


@dataclass(frozen=True)
class NotOurFile:
    def __str__(self) -> str:
        return _(
            "Nothing was imported: this is not a points-of-unity file, or part of it is missing. "
            "Paste the whole file."
        )


@dataclass(frozen=True)
class NothingCarried:
    def __str__(self) -> str:
        return _("There is no sentence yet that everybody can at least live with.")


@dataclass(frozen=True)
class NotEndorsed:
    have: int
    need: int

    def __str__(self) -> str:
        return _("It is published when everyone agrees to it: %(have)d of %(need)d so far.") % {
            "have": self.have,
            "need": self.need,
        }


@dataclass(frozen=True)
class RewordedMeanwhile:
    now: str
    proposed: str

    def __str__(self) -> str:
        return _(
            "Nothing was changed: somebody reworded this sentence while you were writing. It now reads: “%(now)s”. "
            "Yours was: “%(proposed)s”."
        ) % {"now": self.now, "proposed": self.proposed}
