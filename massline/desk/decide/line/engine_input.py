"""Laying an organisation's demands before the engine: which votes speak for them, and what members said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from massline.core.disclosure import threshold
from massline.desk.decide.demands.breadth import cited_by
from massline.desk.decide.demands.comparison import answers, totals
from massline.desk.decide.demands.models import Demand, Mark
from massline.desk.people.models import Organisation
from massline.engine import line as engine
from massline.engine.intervals import jeffreys_interval
from massline.engine.privacy import rounded_share
from massline.engine.privacy.threshold import LEAST
from massline.engine.votes import VoteTable
from massline.square.conversations.models import Conversation, Statement, Vote
from massline.square.conversations.results import snapshot as conversations

SEED = 1


@dataclass
class Spoken:
    """The conversation whose votes are read, and the statement that speaks for each demand, by primary key."""

    conversation: Conversation | None = None
    speaks: dict[int, Statement] = field(default_factory=dict)


def find(organisation: Organisation, *, seed: int = SEED) -> tuple[str, dict[str, Any]]:
    """Estimate the line now; give the slug of the conversation it rests on and the document to keep."""
    demands = list(Demand.objects.filter(organisation=organisation))
    spoken, least = who_speaks(demands), threshold(organisation)
    opinion = _opinion(demands, spoken)
    table = _votes(spoken)
    found = engine.estimate(
        opinion,
        k=least.k,
        marks=_marks(organisation, demands),
        comparisons=answers(totals(organisation), least),
        headcount=dict(organisation.sections.values_list("name", "headcount")),
        votes=table,
        seed=seed,
    )
    document = engine.document(found)
    asked = {
        "question": spoken.conversation.question if spoken.conversation else "",
        "speaks": {str(pk): statement.text for pk, statement in spoken.speaks.items()},
        "sections": _sections(document["result"]["slates"], table, organisation, k=least.k),
        **({"least": least.k} if least.k > LEAST else {}),
    }
    return (spoken.conversation.slug if spoken.conversation else ""), {"line": document, "asked": asked}


def who_speaks(demands: Sequence[Demand]) -> Spoken:
    """Choose the conversation that speaks for most demands, and in it one cited statement for each.

    Where nobody said which statement asks for a demand, the one with the least support speaks: to be careful.
    """
    cited = {pk: [one for one in found if isinstance(one, UUID)] for pk, found in cited_by(demands).items()}
    wanted = {uuid for found in cited.values() for uuid in found}
    statements = {
        one.uuid: one
        for one in Statement.objects.shown().filter(uuid__in=wanted).select_related("conversation")
    }
    where = Counter(
        place
        for found in cited.values()
        for place in {statements[uuid].conversation_id for uuid in found if uuid in statements}
    )
    if not where:
        return Spoken()
    chosen = max(where, key=lambda place: (where[place], place))
    conversation = next(one.conversation for one in statements.values() if one.conversation_id == chosen)
    support = _support(conversation)
    spoken = Spoken(conversation)
    for demand in demands:
        here = [
            statements[uuid]
            for uuid in cited.get(demand.pk, ())
            if uuid in statements and statements[uuid].conversation_id == chosen
        ]
        said = [one for one in here if one.uuid == demand.asked_as]
        if here:
            spoken.speaks[demand.pk] = min(said or here, key=lambda one: (support(one.number), one.number))
    return spoken


def _support(conversation: Conversation) -> Any:
    rows = {row["id"]: row for row in _snapshot(conversation)["result"]["statements"]}

    def lowest(number: int) -> float:
        row = rows.get(number)
        return float(jeffreys_interval(row["agree"], row["seen"])[0]) if row and row["seen"] else 0.0

    return lowest


def _snapshot(conversation: Conversation) -> dict[str, Any]:
    return conversations.take_snapshot(conversation).document


def _opinion(demands: Sequence[Demand], spoken: Spoken) -> dict[str, Any]:
    """An opinion document in which each statement is a demand, with the answers of the one that speaks for it."""
    rows: Mapping[int, Mapping[str, Any]] = {}
    if spoken.conversation is not None:
        rows = {row["id"]: row for row in _snapshot(spoken.conversation)["result"]["statements"]}
    nobody = {"seen": 0, "agree": 0, "disagree": 0, "pass": 0, "by_group": []}
    sections = _by_section(spoken)
    statements = []
    for demand in demands:
        statement = spoken.speaks.get(demand.pk)
        row = rows.get(statement.number, nobody) if statement else nobody
        by_section = sections.get(demand.pk, [])
        statements.append({**row, "id": demand.pk, "text": demand.text, "by_section": by_section})
    return {"schema": "massline.opinion/1", "result": {"statements": statements}}


def _rows(spoken: Spoken) -> list[tuple[str, int, int, str]]:
    """Participant, demand, answer and self-declared section, of every vote on a statement that speaks."""
    by_statement: dict[int, list[int]] = {}
    for pk, statement in spoken.speaks.items():
        by_statement.setdefault(statement.pk, []).append(pk)
    votes = Vote.objects.filter(statement__in=list(by_statement)).values_list(
        "participant__key", "statement", "value", "participant__section"
    )
    return [
        (key, pk, value, section)
        for key, statement, value, section in votes
        for pk in by_statement[statement]
    ]


def _votes(spoken: Spoken) -> VoteTable | None:
    rows = sorted(_rows(spoken))
    if not rows:
        return None
    sections = {key: section for key, _pk, _value, section in rows if section}
    return VoteTable.from_rows(
        [(key, pk, value) for key, pk, value, _section in rows],
        sections=sections or None,
        statements=spoken.speaks,
    )


def _by_section(spoken: Spoken) -> dict[int, list[dict[str, Any]]]:
    counted: Counter[tuple[int, str, int]] = Counter(
        (pk, section, value) for _key, pk, value, section in _rows(spoken) if section
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for pk, section in sorted({(pk, section) for pk, section, _value in counted}):
        agree, passed, disagree = (counted[pk, section, value] for value in (1, 0, -1))
        row = {"section": section, "agree": agree, "disagree": disagree, "pass": passed}
        found.setdefault(pk, []).append({**row, "seen": agree + disagree + passed})
    return found


def _marks(organisation: Organisation, demands: Iterable[Demand]) -> list[engine.Mark]:
    rows = Mark.objects.filter(demand__in=list(demands), principle__in=organisation.principles.holding())
    told = rows.order_by("pk").values_list("demand", "principle__text", "verdict", "by")
    return [engine.Mark(demand, text, verdict, str(by)) for demand, text, verdict, by in told]


def _sections(
    slates: Sequence[Mapping[str, Any]], table: VoteTable | None, organisation: Organisation, *, k: int
) -> list[list[dict[str, Any]]]:
    """Per slate and section: the rounded share that supports something in it; None where too few answered."""
    if table is None:
        return []
    names = list(organisation.sections.values_list("name", flat=True))
    supports: dict[int, set[int]] = {}
    for voter in range(len(table.participants)):
        for at in range(table.start[voter], table.start[voter + 1]):
            if table.value[at] == 1:
                supports.setdefault(voter, set()).add(int(table.statements[table.statement[at]]))
    home = {voter: table.sections[place] for voter, place in enumerate(table.section.tolist()) if place >= 0}
    found = []
    for slate in slates:
        wanted, row = set(slate["demands"]), []
        for name in names:
            here = [voter for voter, section in home.items() if section == name]
            share = rounded_share(
                sum(bool(supports.get(one, set()) & wanted) for one in here), len(here), k=k
            )
            row.append(
                {
                    "section": name,
                    "share": share.value if share else None,
                    "bound": share.bound if share else "",
                }
            )
        found.append(row)
    return found
