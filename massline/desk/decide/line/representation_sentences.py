"""In plain words: how near a package comes to the best of its length, and whether everybody has their due in it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.line.document import ProposedSlate


def describe_best(slate: ProposedSlate, least: int) -> str:
    """Describe the coverage of the best list of that length; empty for a line drawn before it was looked for."""
    if slate.best is None:
        return ""
    reached, best, most = (
        round(100 * share) for share in (slate.coverage.value, slate.best.share, slate.best.at_most)
    )
    if reached >= most:
        return ngettext(
            "No other choice of %(n)d demand leaves fewer people out.",
            "No other choice of %(n)d demands leaves fewer people out.",
            slate.size,
        ) % {"n": slate.size}
    figures = {"n": slate.size, "best": best, "most": most}
    if slate.best.exact:
        return (
            ngettext(
                "The best choice of %(n)d demand would reach %(best)d%%.",
                "The best choice of %(n)d demands would reach %(best)d%%.",
                slate.size,
            )
            % figures
        )
    return (
        ngettext(
            "The best choice we found of %(n)d demand would reach %(best)d%%. No choice reaches more than %(most)d%%.",
            "The best choice we found of %(n)d demands would reach %(best)d%%. No choice reaches more than %(most)d%%.",
            slate.size,
        )
        % figures
    )


def describe_due(slate: ProposedSlate, least: int) -> str:
    """Describe whether EJR+ holds; the number of people only where enough of them are behind it."""
    if slate.best is None:
        return ""
    if not slate.underrepresented:
        return _("Every large enough group of people who want the same has its due here.")
    short = max(slate.underrepresented, key=lambda row: (row.people, -row.due))
    if short.people < least:
        return _("A group of people who want the same has less here than it is due.")
    return ngettext(
        "%(people)d people want the same and each have nothing here. Their number is due one demand.",
        "%(people)d people want the same and each have less than the %(due)d demands here that their number is due.",
        short.due,
    ) % {"people": short.people, "due": short.due}
