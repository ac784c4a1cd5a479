"""Trust levels: how surely a voice is one person. Levels are tallied separately, and every page names its level."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.engine.privacy.threshold import Threshold


class Level(models.TextChoices):
    """By what somebody came in, the loosest first."""

    IMPORTED = "imported", _("from another site")
    OPEN = "open", _("through the open link")
    INVITED = "invited", _("by an invitation")
    CODE = "code", _("with a personal code")
    CARD = "card", _("with a card picked at random")
    IN_PERSON = "in_person", _("with a card handed out in person")

    @property
    def rank(self) -> int:
        """Order by strength: what came from elsewhere vouches for nobody, and neither does an open door."""
        return list(Level).index(self)


def level_named(name: str) -> Level:
    """The level of this name; the weakest where none is known by it, so that one wrong name stops no page."""
    return Level(name) if name in Level.values else Level.IMPORTED


# Cards and codes: one of them is one person. An invitation may be passed on, an open door is open.
ONE_EACH = frozenset({Level.CODE, Level.CARD, Level.IN_PERSON})
UNLINKED = frozenset({Level.CARD, Level.IN_PERSON})


def leading_level(people: Mapping[Level, int], threshold: Threshold) -> Level:
    """Choose the level a page rests on: the strongest with enough people, else the one with the most.

    What is open and what was brought in vouch for nobody alike; between them the larger leads.
    """
    strong = [
        level for level, count in people.items() if level.rank > Level.OPEN.rank and threshold.leads(count)
    ]
    if strong:
        return max(strong, key=lambda level: level.rank)
    return max(people, key=lambda level: (people[level], level.rank), default=Level.OPEN)
