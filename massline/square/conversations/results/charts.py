"""Charts of a conversation's results: the map of its groups, or the spectrum where there are none."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from massline.engine.opinion.map_schema import MapPoint
from massline.square.conversations.results.statement_result import GroupResult
from massline.web.charts import GroupLabel, draw_opinion_map, draw_spectrum

Place = tuple[float, float]


def map_chart(
    points: Sequence[MapPoint], groups: Sequence[GroupResult], *, title: str, you: Place | None
) -> str:
    return draw_opinion_map(
        points,
        [GroupLabel(group.name, group.detail) for group in groups],
        title=title,
        desc=_("Each mark is one person. People who answered alike are close together."),
        id="map",
        you=you,
        you_label=_("You"),
        narrow=you is not None,
    )


def spectrum_chart(points: Sequence[MapPoint], *, you: Place | None) -> str:
    return draw_spectrum(
        [x for x, _y, _group in points],
        left=_("differ most one way"),
        right=_("differ most the other way"),
        title=_("Where people stand"),
        desc=_(
            "How many people are where, from those who differ most in one direction to those who "
            "differ most in the other."
        ),
        id="map",
        you=you[0] if you else None,
        you_label=_("You"),
        narrow=you is not None,
        middle_label=_("half of us are here"),
    )
