"""Answers to "did we hear you right?" by section, with intervals and a goal; small sections are never told.

A section's count changes by the answers of at least k people at once (`actions.tell_sections`). Where fewer than k of those who
are counted in the whole are in no section that is told, the smallest section is hidden too, so that none follows by subtraction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from massline.engine.jeffreys_intervals import jeffreys_interval
from massline.engine.privacy import rounded_share
from massline.engine.privacy.threshold import Threshold
from massline.square.reports.models import Claim, HeardAnswer, ReportBack, Resonance

GOAL = 94


@dataclass(frozen=True)
class HeardShare:
    """How many answered, and what share of them said yes, in per cent with its 95 % interval.

    `bound` is "at least" or "at most" where fewer people than the threshold said otherwise.
    """

    name: str
    people: int
    yes: int
    low: int
    high: int
    bound: str = ""


def heard_share(said_yes: int, said_any: int) -> HeardShare:
    """The share of everybody who answered a claim."""
    low, high = (float(end) for end in jeffreys_interval(said_yes, said_any))
    return HeardShare("", said_any, round(100 * said_yes / said_any), round(100 * low), round(100 * high))


def claims_with_shares(report: ReportBack, key: str, least: Threshold) -> list[Claim]:
    """The claims of a report with how many said what, as a whole and by section, as far as it may be told."""
    claims = list(report.claims.with_answers(key))
    has_sections = report.asks_back and report.conversation is not None and report.conversation.sections
    by_section = answers_by_section(report, claims, least) if has_sections else {}
    for claim in claims:
        said_any = int(getattr(claim, "said_any", 0))
        told = report.asks_back and least.shows(said_any)
        claim.whole_share = heard_share(int(getattr(claim, "said_yes", 0)), said_any) if told else None
        claim.section_shares = by_section.get(claim.pk, [])
    return claims


def section_of_reader(report: ReportBack, key: str) -> str:
    """The section this reader named last in this report; empty if they named none."""
    if not key or not report.conversation or not report.conversation.sections:
        return ""
    mine = Resonance.objects.filter(claim__report=report, key=key).exclude(section="")
    return mine.order_by("-day", "-claim__order").values_list("section", flat=True).first() or ""


def answers_by_section(
    report: ReportBack, claims: Sequence[Claim], least: Threshold
) -> dict[int, list[HeardShare]]:
    """What each section answered to each claim, by the claim's key, as far as it may be told."""
    rows = (
        Resonance.objects.filter(claim__report=report, section_value__isnull=False)
        .order_by()
        .values_list("claim", "shown_section", "section_value")
        .annotate(n=Count("pk"))
    )
    counted: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for claim, section, value, n in rows:
        people, yes = counted[claim].get(section, (0, 0))
        counted[claim][section] = (people + n, yes + (n if value == HeardAnswer.YES else 0))
    whole = {claim.pk: int(getattr(claim, "said_any", 0)) for claim in claims}
    return {pk: choose_releasable_sections(counted[pk], whole.get(pk, 0), least) for pk in counted}


def choose_releasable_sections(
    counts: dict[str, tuple[int, int]], whole: int, least: Threshold
) -> list[HeardShare]:
    """Choose the sections that may be told, by name."""
    told = {name: count for name, count in counts.items() if least.shows(count[0])}
    while told and 0 < whole - sum(people for people, _yes in told.values()) < least.k:
        del told[min(told, key=lambda name: (told[name][0], name))]
    return [_share(name, people, yes, least) for name, (people, yes) in sorted(told.items())]


def _share(name: str, people: int, yes: int, least: Threshold) -> HeardShare:
    """A section's share, rounded, with an interval that follows from the rounded share alone."""
    share = rounded_share(yes, people, k=least.k)
    value, bound = (share.value, share.bound) if share else (0.0, "")
    said = min(people, max(0, round(value * people)))
    low, high = (float(end) for end in jeffreys_interval(said, people))
    bounds = {"at least": (low, 1.0), "at most": (0.0, high)}
    low, high = bounds.get(bound, (low, high))
    return HeardShare(name, people, round(100 * value), round(100 * low), round(100 * high), bound)
