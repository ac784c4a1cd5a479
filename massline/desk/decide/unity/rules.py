"""Reasons a text between organisations is not joined, imported, endorsed or published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoSuchCode:
    def __str__(self) -> str:
        return _("This code opens nothing: it is mistyped or used already. Ask for a new one.")


@dataclass(frozen=True)
class NotOurFile:
    def __str__(self) -> str:
        return _(
            "This is not a file of points of unity, or it was cut off. Nothing was taken in; paste it whole."
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
        return _("It goes out when everybody stands behind it: %(have)d of %(need)d do.") % {
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
