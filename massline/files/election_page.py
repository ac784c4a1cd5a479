"""An election document as a page: who is elected, and the table of every round."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from massline.engine.elections import Amount, Duels, Election, ElectionDocument, Round, Tie
from massline.engine.result_documents import Shortfall
from massline.files.html_page import build_page, section, table
from massline.files.number_phrases import _, ngettext, not_enough_phrase, number_phrase


def election_page(document: ElectionDocument) -> str:
    """Set the page of a `massline.election/1` document."""
    result = document.result
    parts = [] if isinstance(result, Shortfall) else _parts(result)
    return build_page(
        title=_title(result),
        kicker=_method_name(result),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: ElectionDocument) -> list[str]:
    """The election in sentences."""
    result, rests = document.result, document.rests_on
    sentences = [
        _title(result) + ".",
        ngettext("{valid} of {n} ballot counts.", "{valid} of {n} ballots count.", rests.ballots).format(
            valid=number_phrase(rests.valid_ballots), n=number_phrase(rests.ballots)
        ),
    ]
    if isinstance(result, Shortfall):
        return sentences
    if result.quota is not None:
        sentences.append(
            ngettext(
                "{n} vote is enough for a seat.", "{n} votes are enough for a seat.", result.quota
            ).format(n=number_phrase(result.quota))
        )
    if result.unfilled:
        sentences.append(
            ngettext(
                "{n} seat stays empty: nobody supports anyone else.",
                "{n} seats stay empty: nobody supports anyone else.",
                result.unfilled,
            ).format(n=number_phrase(result.unfilled))
        )
    return sentences + [_tie_sentence(tie) for tie in _ties(result)]


def _title(result: Election | Shortfall) -> str:
    if isinstance(result, Shortfall):
        return not_enough_phrase(result.not_enough).rstrip(".")
    return ngettext("Elected: {names}", "Elected: {names}", len(result.winners)).format(
        names=", ".join(result.winners)
    )


def _method_name(result: Election | Shortfall) -> str:
    names = {
        "approval": _("Approval: most crosses win"),
        "instant-runoff": _("Instant run-off: the last goes out until one has more than half"),
        "schulze": _("Schulze: every candidate against every other"),
        "stv": _("Single transferable vote: seats in proportion to ranked votes"),
        "equal-shares": _("Equal shares: seats in proportion to approvals"),
    }
    return _("Election") if isinstance(result, Shortfall) else names[result.method]


def _ties(result: Election) -> list[Tie]:
    return [tie for each in result.rounds for tie in each.ties] + list(result.ties)


def _tie_sentence(tie: Tie) -> str:
    return _("Level: {names}. The lot chose {name}.").format(names=", ".join(tie.between), name=tie.chosen)


def _parts(result: Election) -> list[SafeString]:
    parts = []
    if result.rounds:
        parts.append(
            section(_("Round by round"), *(_round_part(each) for each in result.rounds), part="count-rounds")
        )
    if result.duels:
        parts += _duel_parts(result.candidates, result.duels)
    order = table(
        [_("Position"), _("Candidate")],
        [(number_phrase(place), name) for place, name in enumerate(result.lot_order, start=1)],
    )
    note = _(
        "Where candidates are level, the first here is elected and the last here goes out. The order follows from the "
        "seed and the names alone: smallest SHA-256 first."
    )
    parts.append(section(_("The order for ties"), order, note=note, part="lot-order"))
    return parts


def _round_part(each: Round) -> SafeString:
    heads = {
        "approvals": _("Approvals"),
        "votes": _("Votes"),
        "price": _("Price for each supporter, in seats"),
        "wait": _("Each voter must still be given, in seats"),
    }
    standing = {"elected": _("elected"), "continuing": _("still in"), "eliminated": _("out")}
    falling = each.measure in {"approvals", "votes"}
    ordered = sorted(
        each.rows, key=lambda row: (-row.amount.value if falling else row.amount.value, row.candidate)
    )
    rows = [(row.candidate, _figure(row.amount), standing[row.standing]) for row in ordered]
    return section(
        _("Round {n}").format(n=number_phrase(each.round)),
        table([_("Candidate"), heads[each.measure], _("After this round")], rows),
        note=_round_note(each),
    )


def _round_note(each: Round) -> str:
    notes = []
    if each.transferred is not None and each.transfer is not None:
        notes.append(
            _("The surplus of {name} moves on: each ballot at {part} of its value.").format(
                name=each.transferred, part=_figure(each.transfer)
            )
        )
    if each.exhausted is not None and each.exhausted.value:
        notes.append(_("On ballots that name nobody who is still in: {n}.").format(n=_figure(each.exhausted)))
    return " ".join([*notes, *(_tie_sentence(tie) for tie in each.ties)])


def _figure(amount: Amount) -> str:
    """A whole number, or a fraction beside its decimals: "37/3 (12.333)"."""
    if amount.value == int(amount.value) and not amount.exact:
        return number_phrase(int(amount.value))
    decimals = f"{amount.value:.5f}".rstrip("0").rstrip(".")
    return f"{amount.exact} ({decimals})" if 0 < len(amount.exact) <= 15 else decimals


def _duel_parts(candidates: Sequence[str], duels: Duels) -> list[SafeString]:
    ranking = table(
        [_("Position"), _("Candidate")],
        [(number_phrase(place), name) for place, name in enumerate(duels.ranking, start=1)],
    )
    return [
        section(_("Everybody in order"), ranking, part="ranking"),
        section(
            _("Every candidate against every other"),
            _matrix(candidates, duels.preferred),
            note=_("How many ballots put the candidate of the row before the candidate of the column."),
            part="duels",
        ),
        section(
            _("The strongest paths"),
            _matrix(candidates, duels.paths),
            note=_(
                "From the row to the column by majorities, directly or by way of others; a path is as strong as its "
                "weakest majority."
            ),
            part="paths",
        ),
    ]


def _matrix(candidates: Sequence[str], cells: Sequence[Sequence[int]]) -> SafeString:
    rows = [
        (name, *("–" if row == column else number_phrase(cell) for column, cell in enumerate(line)))
        for row, (name, line) in enumerate(zip(candidates, cells, strict=True))
    ]
    return table(["", *candidates], rows)
