"""An organisation's demands as input of the engine: the votes that speak for them, marks and comparisons."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from massline.core.disclosure_threshold import threshold
from massline.desk.decide.demands.breadth import list_citations
from massline.desk.decide.demands.comparison import expand_totals, load_totals
from massline.desk.decide.demands.models import Demand, Mark
from massline.desk.decide.line.models import LineBody, LineQuestion, SectionShare
from massline.desk.people.models import Organisation
from massline.engine import line as engine
from massline.engine.jeffreys_intervals import jeffreys_interval
from massline.engine.line.document import ProposedSlate
from massline.engine.opinion.map_schema import StatementAnswers
from massline.engine.privacy import rounded_share
from massline.engine.votes import Id, VoteTable
from massline.square.conversations.models import Conversation, Statement, Vote
from massline.square.conversations.results.snapshot import take_snapshot

SEED = 1
AGREE = 1


@dataclass
class VotesForDemands:
    """The conversation whose votes are read, and the statement that speaks for each demand, by primary key."""

    conversation: Conversation | None = None
    statements: dict[int, Statement] = field(default_factory=dict)


def estimate_line(organisation: Organisation, *, seed: int = SEED) -> tuple[str, LineBody]:
    """Estimate the line; return the slug of the conversation it rests on, and the document to keep."""
    demands = list(Demand.objects.filter(organisation=organisation))
    spoken_for = choose_statements(demands)
    conversation, k = spoken_for.conversation, threshold(organisation).k
    table = _vote_table(spoken_for)
    line = engine.estimate(
        _demand_answers(demands, spoken_for),
        k=k,
        marks=_load_marks(organisation, demands),
        comparisons=expand_totals(load_totals(organisation), threshold(organisation)),
        headcount=dict(organisation.sections.values_list("name", "headcount")),
        votes=table,
        seed=seed,
    )
    document = engine.document(line)
    asked = LineQuestion(
        question=conversation.question if conversation else "",
        speaks={str(pk): statement.text for pk, statement in spoken_for.statements.items()},
        sections=_section_shares(document.result.slates, table, organisation, k=k),
        least=k,
    )
    return (conversation.slug if conversation else ""), LineBody(line=document, asked=asked)


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
        return float(jeffreys_interval(row.agree, row.seen)[0]) if row and row.seen else 0.0

    return lowest


def _snapshot_rows(conversation: Conversation) -> dict[int, StatementAnswers]:
    """Return the statements of the latest map by number."""
    statements = take_snapshot(conversation).estimate.result.statements
    return {int(answers.id): answers for answers in statements}


def _demand_answers(demands: Sequence[Demand], spoken_for: VotesForDemands) -> list[engine.DemandAnswers]:
    """Return the answers to the statement that speaks for each demand; none where no statement does."""
    rows = _snapshot_rows(spoken_for.conversation) if spoken_for.conversation else {}
    by_section = _section_answers(spoken_for)
    answers = []
    for demand in demands:
        statement = spoken_for.statements.get(demand.pk)
        row = rows.get(statement.number) if statement else None
        groups = row.by_group if row else ()
        answers.append(
            engine.DemandAnswers(
                row.seen if row else 0,
                row.agree if row else 0,
                demand.pk,
                demand.text,
                by_section.get(demand.pk, {}),
                {group.group: engine.AnswerCount(group.seen, group.agree) for group in groups},
            )
        )
    return answers


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


def _section_answers(spoken_for: VotesForDemands) -> dict[int, dict[str, engine.AnswerCount]]:
    """Count the answers of each section by demand, sections in the order of their names."""
    votes = [(pk, section, value) for _key, pk, value, section in _load_votes(spoken_for) if section]
    seen = Counter((pk, section) for pk, section, _value in votes)
    agree = Counter((pk, section) for pk, section, value in votes if value == AGREE)
    answers: dict[int, dict[str, engine.AnswerCount]] = {}
    for pk, section in sorted(seen):
        answers.setdefault(pk, {})[section] = engine.AnswerCount(seen[pk, section], agree[pk, section])
    return answers


def _load_marks(organisation: Organisation, demands: Iterable[Demand]) -> list[engine.Mark]:
    marks = Mark.objects.filter(demand__in=list(demands), principle__in=organisation.principles.holding())
    rows = marks.order_by("pk").values_list("demand", "principle__text", "verdict", "by")
    return [engine.Mark(demand, text, verdict, str(by)) for demand, text, verdict, by in rows]


def _section_shares(
    slates: Sequence[ProposedSlate], table: VoteTable | None, organisation: Organisation, *, k: int
) -> tuple[tuple[SectionShare, ...], ...]:
    """Return, for each slate, the share of each section that supports something in it."""
    if table is None:
        return ()
    names = list(organisation.sections.values_list("name", flat=True))
    supported = _supported_demands(table)
    section_of = {
        voter: table.sections[section] for voter, section in enumerate(table.section.tolist()) if section >= 0
    }
    members = {name: [voter for voter, section in section_of.items() if section == name] for name in names}
    return tuple(
        tuple(_section_share(name, members[name], set(slate.demands), supported, k=k) for name in names)
        for slate in slates
    )


def _supported_demands(table: VoteTable) -> dict[int, set[Id]]:
    supported: dict[int, set[Id]] = {}
    for voter in range(len(table.participants)):
        for vote in range(table.start[voter], table.start[voter + 1]):
            if table.value[vote] == AGREE:
                supported.setdefault(voter, set()).add(int(table.statements[table.statement[vote]]))
    return supported


def _section_share(
    name: str, members: Sequence[int], slate: set[Id], supported: Mapping[int, set[Id]], *, k: int
) -> SectionShare:
    supporters = sum(bool(supported.get(voter, set()) & slate) for voter in members)
    share = rounded_share(supporters, len(members), k=k)
    return SectionShare(
        section=name, share=share.value if share else None, bound=share.bound if share else ""
    )
