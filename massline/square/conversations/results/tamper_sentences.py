"""In plain words: how many people answering together could overturn a finding, and by which way they could come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.opinion.map_schema import Knot
from massline.engine.opinion.robustness_schema import AlikeSet, Outcome, PictureRadius
from massline.square.conversations.trust_levels import Level


@dataclass(frozen=True)
class Entrance:
    """The way in of the answers that are counted; `left` is how many codes, cards or places are unused, None for no limit."""

    level: Level
    left: int | None = None

    def admits(self, people: int) -> bool:
        return self.left is None or people <= self.left

    def sentence(self, people: int) -> str:
        """A sentence on how many people could overturn a finding, or why nobody can in that way."""
        if not self.admits(people):
            return self._impossible(people)
        overturn = ngettext(
            "%(n)s more person answering the other way could overturn this.",
            "%(n)s more people answering together could overturn this.",
            people,
        ) % {"n": people}
        return f"{overturn} {self._how()}".strip()

    def _how(self) -> str:
        sentences = {
            Level.OPEN: _("They could come in through the open door."),
            Level.IMPORTED: _("They would have to answer elsewhere."),
            Level.INVITED: _("They would need an invitation."),
            Level.CODE: _("They would need unused codes."),
            Level.CARD: _("They would need unused cards."),
            Level.IN_PERSON: _("They would need unused cards."),
        }
        return sentences[self.level]

    def _impossible(self, people: int) -> str:
        figures = {"people": people, "left": self.left}
        if self.level == Level.CODE:
            return (
                _("It would take %(people)s more people to overturn this. Only %(left)s codes are left.")
                % figures
            )
        if self.level == Level.INVITED:
            return (
                _(
                    "It would take %(people)s more people to overturn this. Only %(left)s invitations are left."
                )
                % figures
            )
        return (
            _("It would take %(people)s more people to overturn this. Only %(left)s cards are left.")
            % figures
        )


@dataclass(frozen=True)
class AlikePeople:
    """People who answer alike, and what changes without them; a set of fewer than ten has no number."""

    found: AlikeSet

    @property
    def heading(self) -> str:
        people = self.found.people
        if people is None:
            return _("Fewer than ten people answer alike")
        return ngettext("%(n)s person answers alike", "%(n)s people answer alike", people) % {"n": people}

    @property
    def chance(self) -> str:
        chance = self.found.chance
        by_set, by_rest = f"{100 * chance.by_set:.0f}%", f"{100 * chance.by_rest:.0f}%"
        return _(
            "From the others of them we guess an answer of theirs right %(by_set)s of the time, from everyone else’s answers %(by_rest)s."
        ) % {"by_set": by_set, "by_rest": by_rest}

    @property
    def arrival(self) -> str:
        within = self.found.half_came_within
        if not within:
            return ""
        return _("Half of them came within %(n)s arrivals in a row.") % {"n": within}

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The rows of the comparison, with everyone and without the set."""
        groups = self.found.groups
        only_with, only_without = self.found.only_with, self.found.only_without
        return [
            (_("The map"), describe_verdict(groups.with_them), describe_verdict(groups.without_them)),
            (_("Agreed for sure only here"), str(only_with.agreed), str(only_without.agreed)),
            (_("Rejected for sure only here"), str(only_with.opposed), str(only_without.opposed)),
        ]

    @property
    def largest_move(self) -> str:
        points = round(100 * self.found.largest_move)
        return ngettext(
            "Without them, agreement with a statement changes by %(n)s point at most.",
            "Without them, agreement with a statement changes by %(n)s points at most.",
            points,
        ) % {"n": points}


def describe_verdict(groups: Outcome) -> str:
    """The groups of a map, or why there are none, in a few words."""
    if isinstance(groups, tuple):
        shares = " / ".join(f"{share}%" for share in groups)
        return ngettext("%(n)s group: %(shares)s", "%(n)s groups: %(shares)s", len(groups)) % {
            "n": len(groups),
            "shares": shares,
        }
    sentences = {"spectrum": _("no clear groups"), "too_close": _("too close to call")}
    return sentences.get(groups, _("not enough answers"))


def picture_sentence(found: PictureRadius | None) -> str:
    """A sentence on the number of people who would change the verdict of the map half the time."""
    if found is None:
        return ""
    if found.people is None:
        return _("We tried adding up to %(n)s people answering together. It did not change this picture.") % {
            "n": found.tried_up_to
        }
    if found.people == 0:
        return ""
    return ngettext(
        "About %(n)s more person answering together could change this picture.",
        "About %(n)s more people answering together could change this picture.",
        found.people,
    ) % {"n": found.people}


def knots_sentence(knots: Sequence[Knot]) -> str:
    """The small groups beside everyone else."""
    if not knots:
        return ""
    people = knots[0].people
    if len(knots) > 1:
        return ngettext(
            "Beside them is %(n)s small knot of people who answer alike.",
            "Beside them are %(n)s small knots of people who answer alike.",
            len(knots),
        ) % {"n": len(knots)}
    if people is None:
        return _("Beside them is a small knot of fewer than ten people who answer alike.")
    return ngettext(
        "Beside them is a small knot of %(n)s person.",
        "Beside them is a small knot of %(n)s people who answer alike.",
        people,
    ) % {"n": people}
