"""Groups, a spectrum, too close to call, and knots: the verdict of an opinion document in sentences."""

from massline.engine.opinion.map_schema import MapResult, OpinionGroup
from massline.engine.privacy.threshold import Threshold
from massline.files.number_phrases import _, ngettext, number_phrase, people_phrase, percent_phrase


def verdict(result: MapResult, threshold: Threshold) -> list[str]:
    """The verdict, and the knots beside everybody else if there are any."""
    if result.not_enough is not None:
        short = result.not_enough
        said = _(
            "We can’t say yet whether there are groups: there are {have} of the {need} {what} we need."
        ).format(have=short.have, need=short.need, what=short.what)
    elif is_too_close(result):
        said = _("It is too close to call whether there are groups: other random draws give another answer.")
    elif result.spectrum is not None:
        said = _(
            "From these votes, we can’t tell yet whether there are separate groups or just a range of views."
        )
    else:
        count = count_groups(result)
        said = ngettext(
            "{n} group answers alike; we tested it against made-up crowds without groups.",
            "{n} groups answer alike; we tested them against made-up crowds without groups, and "
            "they are unlikely to be chance.",
            count,
        ).format(n=number_phrase(count))
    return [said, *_knots(result, threshold)]


def is_too_close(result: MapResult) -> bool:
    return result.spectrum is not None and result.spectrum.too_close


def count_groups(result: MapResult) -> int:
    """The number of groups that are no knots."""
    return sum(not group.knot for group in result.groups)


def knot_detail(group: OpinionGroup) -> str:
    """The size of a group, and whether it is a knot."""
    size = f"{people_phrase(group.size)}, {percent_phrase(group.share)}"
    return _("%(size)s: a small knot") % {"size": size} if group.knot else size


def spectrum_heading(result: MapResult) -> str:
    return _("Groups: too close to call") if is_too_close(result) else _("No clear groups")


def _knots(result: MapResult, threshold: Threshold) -> list[str]:
    """A knot of fewer than ten people has no number in the document, one under the threshold none on the page."""
    if not result.knots:
        return []
    if len(result.knots) > 1:
        return [
            ngettext(
                "Beside them is %(n)s small knot of people who answer alike.",
                "Beside them are %(n)s small knots of people who answer alike.",
                len(result.knots),
            )
            % {"n": number_phrase(len(result.knots))}
        ]
    size = result.knots[0].people
    if size is None:
        return [_("Beside them is a small knot of fewer than ten people who answer alike.")]
    if not threshold.shows(size):
        return [
            _("Beside them is a small knot of fewer than {k} people who answer alike.").format(k=threshold.k)
        ]
    return [
        ngettext(
            "Beside them is a small knot of %(n)s person.",
            "Beside them is a small knot of %(n)s people who answer alike.",
            size,
        )
        % {"n": number_phrase(size)}
    ]
