"""What the result page tells of a counted election: who won, the rounds as a table and a chart, and how to count again."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from massline.core.disclosure_threshold import threshold
from massline.engine.elections import Election, ElectionDocument, Tie
from massline.engine.result_documents import Shortfall
from massline.square.elections.models import PublishedElection
from massline.web.charts.vote_bars import VoteRow, VoteWords, draw_vote_bars


@dataclass(frozen=True)
class RoundsTable:
    """A row for each option, a cell for each round; `heads` name the rounds."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True)
class ElectionResult:
    """What everybody may see. Without `document`, fewer than `least` voted and only the outcome is told."""

    winners: tuple[str, ...]
    unfilled: int
    least: int
    document: ElectionDocument | None = None
    election: Election | None = None
    rounds: RoundsTable | None = None
    duels: RoundsTable | None = None
    chart: str = ""
    ties: tuple[Tie, ...] = ()
    margin: int | None = None
    invalid: int = 0
    command: str = ""
    digest: str = ""


def present_result(published: PublishedElection) -> ElectionResult:
    """Say what may be told of a counted election."""
    least = threshold(published.organisation).k
    document = published.read_document()
    winners, unfilled = tuple(published.winners), published.unfilled
    if document is None or isinstance(document.result, Shortfall):
        return ElectionResult(winners=winners, unfilled=unfilled, least=least, document=document)
    election = document.result
    return ElectionResult(
        winners=winners,
        unfilled=unfilled,
        least=least,
        document=document,
        election=election,
        rounds=_rounds_table(election) if election.rounds else None,
        duels=_duels_table(election) if election.duels else None,
        chart=_draw_chart(published, election, document.rests_on.valid_ballots),
        ties=(*(tie for each in election.rounds for tie in each.ties), *election.ties),
        margin=_margin(election),
        invalid=document.rests_on.ballots - document.rests_on.valid_ballots,
        command=recount_command(published, document),
        digest=hashlib.sha256(published.ballots_file.encode()).hexdigest(),
    )


def recount_command(published: PublishedElection, document: ElectionDocument) -> str:
    """The command that counts the published file to the same document."""
    file = f"ballots-{published.page.slug}.csv"
    return (
        f"massline election {file} --method {published.method} --seats {published.seats} "
        f"--seed {document.seed}"
    )


def _rounds_table(election: Election) -> RoundsTable:
    heads = tuple(_("Round %(n)d") % {"n": each.round} for each in election.rounds)
    amounts = [{row.candidate: row for row in each.rows} for each in election.rounds]

    def cell(name: str, place: int) -> str:
        row = amounts[place].get(name)
        return "–" if row is None else _figure(row.amount.value)

    rows = tuple(
        (name, tuple(cell(name, place) for place in range(len(amounts))), _standing(election, name))
        for name in _by_success(election)
    )
    return RoundsTable(heads, rows)


def _standing(election: Election, name: str) -> str:
    if name in election.winners:
        return _("elected")
    out = next((each.round for each in election.rounds if name in each.eliminated), None)
    return "" if out is None else _("out after round %(n)d") % {"n": out}


def _by_success(election: Election) -> list[str]:
    """Winners in their order, then the others: whoever stayed in longest first."""
    lasted = {row.candidate: (each.round, row.amount.value) for each in election.rounds for row in each.rows}
    others = [name for name in election.candidates if name not in election.winners]
    return [*election.winners, *sorted(others, key=lambda name: lasted.get(name, (0, 0.0)), reverse=True)]


def _duels_table(election: Election) -> RoundsTable:
    """How many ballots put the option of the row before the option of the column."""
    assert election.duels is not None
    place = {name: number for number, name in enumerate(election.candidates)}
    ranking = election.duels.ranking
    rows = tuple(
        (
            name,
            tuple(
                "–" if name == other else _figure(election.duels.preferred[place[name]][place[other]])
                for other in ranking
            ),
            _("elected") if name in election.winners else "",
        )
        for name in ranking
    )
    return RoundsTable(tuple(ranking), rows)


def _draw_chart(published: PublishedElection, election: Election, valid: int) -> str:
    method = published.counting_method
    if election.duels is not None:
        title = _("How many put the winner before each other option")
        rows, words = _duel_bars(election), (_("for the winner"), _("no preference"), _("against"))
    elif method.is_ranked:
        title = _("First choices, and votes that moved on")
        rows, words = _transfer_bars(election, valid), (_("first choice"), _("moved here"), _("others"))
    else:
        title = _("How many ticked each option")
        ticks = count_ticks(published.ballots_file, election.candidates)
        rows = [VoteRow(name, ticks[name], 0, max(valid - ticks[name], 0)) for name in _by_success(election)]
        rows.sort(key=lambda row: -row.agree)
        words = (_("ticked"), _("left open"), _("not ticked"))
    said = VoteWords(words[0], words[1], words[2], _("nobody voted"))
    described = "; ".join(f"{row.label}: {_figure(row.agree + row.passed)}" for row in rows)
    return draw_vote_bars(rows, title=title, desc=described, id="count", answers=said)


def _duel_bars(election: Election) -> list[VoteRow]:
    assert election.duels is not None
    duels, place = election.duels, {name: number for number, name in enumerate(election.candidates)}
    winner = place[election.winners[0]]
    most = max((max(row) for row in duels.preferred), default=0)
    rows = []
    for other in duels.ranking[1:]:
        yes, no = duels.preferred[winner][place[other]], duels.preferred[place[other]][winner]
        rows.append(VoteRow(other, yes, max(most - yes - no, 0), no))
    return rows


def _transfer_bars(election: Election, valid: int) -> list[VoteRow]:
    """Each option with its first choices, and what it had beyond them at its best."""
    first = {row.candidate: row.amount.value for row in election.rounds[0].rows}
    best = dict(first)
    for each in election.rounds:
        for row in each.rows:
            best[row.candidate] = max(best[row.candidate], row.amount.value)
    return [
        VoteRow(name, first[name], best[name] - first[name], max(valid - best[name], 0))
        for name in _by_success(election)
    ]


def count_ticks(ballots_file: str, names: Sequence[str]) -> dict[str, int]:
    """How many valid ballots of the published file mark each option. Its columns are in the order of the candidates.

    Of a file that cannot be read nothing is counted.
    """
    ticks = dict.fromkeys(names, 0)
    try:
        for count, invalid, *marks in list(csv.reader(io.StringIO(ballots_file)))[1:]:
            for name, mark in zip(names, marks, strict=True):
                ticks[name] += int(count) if mark and not invalid else 0
    except ValueError:
        return dict.fromkeys(names, 0)
    return ticks


def _margin(election: Election) -> int | None:
    """By how many votes it was decided, where one number says so."""
    if election.method == "schulze" and election.duels is not None:
        duels, place = election.duels, election.candidates.index(election.winners[0])
        return min(
            (
                duels.preferred[place][other] - duels.preferred[other][place]
                for other in range(len(election.candidates))
                if other != place
            ),
            default=None,
        )
    if election.method == "approval":
        amounts = {row.candidate: row.amount.value for row in election.rounds[-1].rows}
        lost = [value for name, value in amounts.items() if name not in election.winners]
        won = [amounts[name] for name in election.winners]
        return int(min(won) - max(lost)) if won and lost else None
    if election.method == "instant-runoff" and election.winners:
        amounts = {row.candidate: row.amount.value for row in election.rounds[-1].rows}
        others = [value for name, value in amounts.items() if name not in election.winners]
        return int(amounts[election.winners[0]] - max(others)) if others else None
    return None


def _figure(value: float) -> str:
    return number_format(int(value)) if value == int(value) else number_format(round(value, 2))
