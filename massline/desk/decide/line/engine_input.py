"""An organisation's demands as input of the engine: the votes that speak for them, marks and comparisons."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict
from uuid import UUID

from massline.core.disclosure import threshold
from massline.desk.decide.demands.breadth import list_citations
from massline.desk.decide.demands.comparison import expand_totals, load_totals
from massline.desk.decide.demands.models import Demand, Mark
from massline.desk.decide.line.models import LineDocument, LineQuestion, SectionShare
from massline.desk.people.models import Organisation
from massline.engine import line as engine
from massline.engine.intervals import jeffreys_interval
from massline.engine.privacy import rounded_share
from massline.engine.privacy.threshold import LEAST
from massline.engine.votes import VoteTable
from massline.square.conversations.models import Conversation, Statement, Vote
from massline.square.conversations.results.snapshot import take_snapshot

SEED = 1
AGREE, PASS, DISAGREE = 1, 0, -1
NOBODY: Mapping[str, Any] = {"seen": 0, "agree": 0, "disagree": 0, "pass": 0, "by_group": []}

# "pass" is a keyword, so the type is written as a call.
SectionAnswers = TypedDict(
    "SectionAnswers", {"section": str, "agree": int, "disagree": int, "pass": int, "seen": int}
)


@dataclass
class VotesForDemands:
    """The conversation whose votes are read, and the statement that speaks for each demand, by primary key."""

    conversation: Conversation | None = None
    statements: dict[int, Statement] = field(default_factory=dict)


def estimate_line(organisation: Organisation, *, seed: int = SEED) -> tuple[str, LineDocument]:
    """Estimate the line; return the slug of the conversation it rests on, and the document to keep."""
    demands = list(Demand.objects.filter(organisation=organisation))
    spoken_for = choose_statements(demands)
    conversation, k = spoken_for.conversation, threshold(organisation).k
    table = _vote_table(spoken_for)
    line = engine.estimate(
        _opinion_document(demands, spoken_for),
        k=k,
        marks=_load_marks(organisation, demands),
        comparisons=expand_totals(load_totals(organisation), threshold(organisation)),
        headcount=dict(organisation.sections.values_list("name", "headcount")),
        votes=table,
        seed=seed,
    )
    document = engine.document(line)
    asked: LineQuestion = {
        "question": conversation.question if conversation else "",
        "speaks": {str(pk): statement.text for pk, statement in spoken_for.statements.items()},
        "sections": _section_shares(document["result"]["slates"], table, organisation, k=k),
    }
    if k > LEAST:
        asked["least"] = k
    return (conversation.slug if conversation else ""), {"line": document, "asked": asked}


def choose_statements(demands: Sequence[Demand]) -> VotesForDemands:
    """Choose the conversation that speaks for most demands, and in it one cited statement for each.

    Where no statement was chosen for a demand, the cited one with the least support speaks, to be careful.
    """
    cited = {
        pk: [source for source in sources if isinstance(source, UUID)]
        for pk, sources in list_citations(demands).items()
    }
    shown = Statement.objects.shown().filter(uuid__in={uuid for uuids in cited.values() for uuid in uuids})
    statements = {statement.uuid: statement for statement in shown.select_related("conversation")}
    demands_by_conversation = Counter(
        conversation
        for uuids in cited.values()
        for conversation in {statements[uuid].conversation_id for uuid in uuids if uuid in statements}
    )
    if not demands_by_conversation:
        return VotesForDemands()
    chosen = max(demands_by_conversation, key=lambda pk: (demands_by_conversation[pk], pk))
    here = {uuid: statement for uuid, statement in statements.items() if statement.conversation_id == chosen}
    conversation = next(iter(here.values())).conversation
    support = _lowest_support(conversation)
    spoken_for = VotesForDemands(conversation)
    for demand in demands:
        candidates = [here[uuid] for uuid in cited.get(demand.pk, ()) if uuid in here]
        named = [statement for statement in candidates if statement.uuid == demand.asked_as]
        if candidates:
            spoken_for.statements[demand.pk] = min(
                named or candidates, key=lambda statement: (support(statement.number), statement.number)
            )
    return spoken_for


def _lowest_support(conversation: Conversation) -> Callable[[int], float]:
    rows = _snapshot_rows(conversation)

    def lowest(number: int) -> float:
        row = rows.get(number)
        return float(jeffreys_interval(row["agree"], row["seen"])[0]) if row and row["seen"] else 0.0

    return lowest


def _snapshot_rows(conversation: Conversation) -> dict[int, Mapping[str, Any]]:
    """Return the statements of the latest map by number."""
    document = take_snapshot(conversation).document
    return {row["id"]: row for row in document["result"]["statements"]}


def _opinion_document(demands: Sequence[Demand], spoken_for: VotesForDemands) -> Mapping[str, Any]:
    """Return an opinion document whose statements are demands, with the answers to the one that speaks for each."""
    rows = _snapshot_rows(spoken_for.conversation) if spoken_for.conversation else {}
    by_section = _section_answers(spoken_for)
    statements = []
    for demand in demands:
        statement = spoken_for.statements.get(demand.pk)
        row = rows.get(statement.number, NOBODY) if statement else NOBODY
        answers = by_section.get(demand.pk, [])
        statements.append({**row, "id": demand.pk, "text": demand.text, "by_section": answers})
    return {"schema": "massline.opinion/1", "result": {"statements": statements}}


def _load_votes(spoken_for: VotesForDemands) -> list[tuple[str, int, int, str]]:
    """Return participant, demand, answer and declared section of every vote that speaks for a demand."""
    demands: dict[int, list[int]] = {}
    for pk, statement in spoken_for.statements.items():
        demands.setdefault(statement.pk, []).append(pk)
    counted = Vote.objects.filter(statement__in=list(demands), shown_value__isnull=False)
    votes = counted.values_list("participant__key", "statement", "shown_value", "participant__section")
    return [
        (key, pk, value, section)
        for key, statement, value, section in votes
        if value is not None
        for pk in demands[statement]
    ]


def _vote_table(spoken_for: VotesForDemands) -> VoteTable | None:
    votes = sorted(_load_votes(spoken_for))
    if not votes:
        return None
    sections = {key: section for key, _pk, _value, section in votes if section}
    return VoteTable.from_rows(
        [(key, pk, value) for key, pk, value, _section in votes],
        sections=sections or None,
        statements=spoken_for.statements,
    )


def _section_answers(spoken_for: VotesForDemands) -> dict[int, list[SectionAnswers]]:
    counts: Counter[tuple[int, str, int]] = Counter(
        (pk, section, value) for _key, pk, value, section in _load_votes(spoken_for) if section
    )
    answers: dict[int, list[SectionAnswers]] = {}
    for pk, section in sorted({(pk, section) for pk, section, _value in counts}):
        agree, passed, disagree = (counts[pk, section, value] for value in (AGREE, PASS, DISAGREE))
        answers.setdefault(pk, []).append(
            {
                "section": section,
                "agree": agree,
                "disagree": disagree,
                "pass": passed,
                "seen": agree + disagree + passed,
            }
        )
    return answers


def _load_marks(organisation: Organisation, demands: Iterable[Demand]) -> list[engine.Mark]:
    marks = Mark.objects.filter(demand__in=list(demands), principle__in=organisation.principles.holding())
    rows = marks.order_by("pk").values_list("demand", "principle__text", "verdict", "by")
    return [engine.Mark(demand, text, verdict, str(by)) for demand, text, verdict, by in rows]


def _section_shares(
    slates: Sequence[Mapping[str, Any]], table: VoteTable | None, organisation: Organisation, *, k: int
) -> list[list[SectionShare]]:
    """Return, for each slate, the share of each section that supports something in it."""
    if table is None:
        return []
    names = list(organisation.sections.values_list("name", flat=True))
    supported = _supported_demands(table)
    section_of = {
        voter: table.sections[section] for voter, section in enumerate(table.section.tolist()) if section >= 0
    }
    members = {name: [voter for voter, section in section_of.items() if section == name] for name in names}
    return [
        [_section_share(name, members[name], set(slate["demands"]), supported, k=k) for name in names]
        for slate in slates
    ]


def _supported_demands(table: VoteTable) -> dict[int, set[int]]:
    supported: dict[int, set[int]] = {}
    for voter in range(len(table.participants)):
        for vote in range(table.start[voter], table.start[voter + 1]):
            if table.value[vote] == AGREE:
                supported.setdefault(voter, set()).add(int(table.statements[table.statement[vote]]))
    return supported


def _section_share(
    name: str, members: Sequence[int], slate: set[int], supported: Mapping[int, set[int]], *, k: int
) -> SectionShare:
    supporters = sum(bool(supported.get(voter, set()) & slate) for voter in members)
    share = rounded_share(supporters, len(members), k=k)
    return {
        "section": name,
        "share": share.value if share else None,
        "bound": share.bound if share else "",
    }
