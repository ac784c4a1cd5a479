"""A line as the versioned document `massline.line/1`."""

from typing import Any

from massline.engine.documents import document as versioned
from massline.engine.line.estimate import Demand, Line
from massline.engine.line.interval_estimate import Measure
from massline.engine.line.slates import Slate
from massline.engine.not_enough import NotEnough

SCHEMA = "massline.line/1"


def document(line: Line) -> dict[str, Any]:
    """Write a line down; the keys are documented in docs/methods/line.md."""
    result: dict[str, Any] = {
        "demands": [_demand(d) for d in line.demands],
        "principles": list(line.principles),
        "frontier": list(line.frontier),
        "ends": {"broadest": line.ends[0], "furthest": line.ends[1]} if line.ends else None,
        "slates": [] if isinstance(line.slates, NotEnough) else [_slate(s) for s in line.slates],
    }
    if isinstance(line.slates, NotEnough):
        short = line.slates
        result["not_enough"] = {"have": short.have, "need": short.need, "what": short.what}
    return versioned(
        SCHEMA,
        seed=line.seed,
        rests_on={
            "demands": len(line.demands),
            "principles": len(line.principles),
            "comparisons": line.comparisons,
            "voters": line.voters,
        },
        left_out=line.left_out,
        result=result,
    )


def _demand(demand: Demand) -> dict[str, Any]:
    return {
        "id": demand.id,
        "text": demand.text,
        "seen": demand.seen,
        "breadth": _measure(demand.breadth),
        "support": _measure(demand.support),
        "advance": _measure(demand.advance),
        "compared": demand.compared,
        "principles": [
            {
                "principle": v.principle,
                "verdict": v.word,
                "contested": v.contested,
                "keeps": v.keeps,
                "touches": v.touches,
                "breaks": v.breaks,
            }
            for v in demand.verdicts
        ],
        "offered": demand.offered,
        "why": [{"reason": w.reason, "principle": w.principle} for w in demand.why],
        "unheard": list(demand.unheard),
        "dominated": {"by": demand.dominated.by, "surely": demand.dominated.surely}
        if demand.dominated
        else None,
    }


def _slate(slate: Slate) -> dict[str, Any]:
    return {
        "rule": slate.rule,
        "size": len(slate.demands),
        "demands": list(slate.demands),
        "coverage": _measure(slate.coverage),
        "friction": _measure(slate.friction),
        "justified": not slate.overlooked,
        "overlooked": list(slate.overlooked),
        "exact": slate.exact,
        "without": [
            {
                "dropped": change.dropped,
                "demands": list(change.demands),
                "coverage": _tidy(change.coverage),
                "friction": _tidy(change.friction),
            }
            for change in slate.without
        ],
    }


def _measure(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    numbers: dict[str, Any] = {
        "low": _tidy(measure.low),
        "value": _tidy(measure.value),
        "high": _tidy(measure.high),
    }
    return numbers | ({"part": measure.part} if measure.part else {})


def _tidy(value: float) -> float:
    return float(f"{value:.9g}") + 0.0
