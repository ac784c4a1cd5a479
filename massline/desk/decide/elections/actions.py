"""Preparing, publishing, closing and counting an election. What people were told before they voted does not change."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.core.disclosure_threshold import threshold
from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.elections import refusal_reasons
from massline.desk.decide.elections.count import CastBallots, choose_what_to_tell, count_ballots
from massline.desk.decide.elections.models import Election, ElectionState, PaperBatch
from massline.desk.decide.elections.paper_ballots import read_typed_ballots
from massline.desk.decide.phone_votes import refusal_reasons as hall_reasons
from massline.desk.guard.audit import chain
from massline.desk.listen.access_codes.card_sheet import render_card_sheet
from massline.desk.people.models import Account, Organisation
from massline.square.conversations.access_codes.actions import create_batch
from massline.square.conversations.trust_levels import Level
from massline.square.elections import actions as square_elections
from massline.square.elections.models import PublishedElection
from massline.square.organisations.models import PublicOrganisation


def make_election(*, organisation: Organisation, by: Account, **fields: Any) -> Election:
    """Prepare an election; nobody else sees it before it is published."""
    election = Election(organisation=organisation, put_by=by, **fields)
    refuse(list_reasons_against(election))
    with transaction.atomic(using="desk"):
        election.save()
        chain.append_line(organisation, by, "prepared an election", election)
    return election


def change_election(*, election: Election, by: Account, **fields: Any) -> None:
    """Change an election that is still being prepared."""
    with transaction.atomic(using="desk"):
        held = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        refuse([] if held.state == ElectionState.DRAFT else [refusal_reasons.ElectionPublished()])
        for name, value in fields.items():
            setattr(held, name, value)
        refuse(list_reasons_against(held))
        held.save()
        chain.append_line(held.organisation, by, "changed an election", held)


def list_reasons_against(election: Election) -> list[Reason]:
    """What must be mended before people can vote."""
    reasons: list[Reason] = []
    method, options = election.counting_method, len(election.options)
    if options < 2:
        reasons.append(refusal_reasons.NotTwoOptions())
    elif election.seats >= options:
        reasons.append(refusal_reasons.TooManySeats(options))
    if method.fills_one_seat and election.seats > 1:
        reasons.append(refusal_reasons.OneSeatOnly())
    if election.closes_at <= max(timezone.now(), election.opens_at or timezone.now()):
        reasons.append(refusal_reasons.ClosesTooSoon())
    return reasons


def publish_election(*, election: Election, by: Account) -> PublishedElection:
    """Put the election on the square as it stands. From now on nothing changes it."""
    face = PublicOrganisation.objects.filter(uuid=election.organisation.uuid).first()
    if face is None:
        raise Refused([shared_refusal_reasons.NotPublic()])
    with transaction.atomic(using="desk"):
        held = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        refuse([] if held.state == ElectionState.DRAFT else [refusal_reasons.ElectionPublished()])
        refuse(list_reasons_against(held))
        _take_off_square(held)
        published = square_elections.publish_election(face, _facts(held))
        held.published_on = timezone.localdate()
        held.save(update_fields=["published_on"])
        chain.append_line(held.organisation, by, "opened an election", held)
    return published


def _take_off_square(election: Election) -> None:
    """Take an election off the square, also one that came there by a press that broke off before the desk knew of it."""
    if (published := PublishedElection.objects.filter(uuid=election.uuid).first()) is not None:
        square_elections.withdraw_election(published)


def _facts(election: Election) -> square_elections.ElectionFacts:
    return square_elections.ElectionFacts(
        uuid=election.uuid,
        title=election.title,
        decides=election.decides,
        who=election.who,
        method=election.method,
        seats=election.seats,
        options=tuple((option["name"], option["line"]) for option in election.options),
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        may_close_early=election.may_close_early,
        has_paper=election.has_paper,
    )


def print_election_cards(*, election: Election, level: Level, most: int, by: Account) -> bytes:
    """Make cards for so many people and return the sheet to print; it is kept nowhere."""
    page = election.published.page if election.published else None
    if page is None or page.key is None or election.state != ElectionState.OPEN:
        raise Refused([hall_reasons.HallGone()])
    with transaction.atomic(using="desk"):
        batch = create_batch(conversation=page, level=level, name=election.title[:60], most=most)
        chain.append_line(election.organisation, by, f"printed {most} cards for an election", election)
    return render_card_sheet(page, batch)


def close_election(*, election: Election, by: Account) -> None:
    """Close the vote before its hour, where everybody was told that the chair may."""
    published = _published(election)
    is_open = election.state == ElectionState.OPEN and not published.page.is_ahead
    refuse([] if is_open else [refusal_reasons.ElectionNotOpen()])
    refuse([] if published.may_close_early else [refusal_reasons.ClosesAtItsHour()])
    with transaction.atomic(using="desk"):
        square_elections.close_early(published)
        chain.append_line(election.organisation, by, "closed an election", election)


def withdraw_election(*, election: Election, by: Account) -> None:
    """End an election without a count, and destroy its ballots and cards."""
    with transaction.atomic(using="desk"):
        held = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        is_over = held.state in {ElectionState.COUNTED, ElectionState.WITHDRAWN}
        refuse([refusal_reasons.ElectionNotOpen()] if is_over else [])
        _take_off_square(held)
        held.withdrawn_on = timezone.localdate()
        held.save(update_fields=["withdrawn_on"])
        _delete_paper(held)
        chain.append_line(held.organisation, by, "withdrew an election", held)


def type_in_batch(*, election: Election, name: str, text: str, by: Account) -> PaperBatch:
    """Keep a pile of paper ballots as it was typed in the first time."""
    ballots, name = _read(election, text), name.strip()
    with transaction.atomic(using="desk"):
        _refuse_over(election)
        # Whoever types a pile in a second time as another pile would count it twice.
        is_there = any(batch.name.casefold() == name.casefold() for batch in election.batches.all())
        refuse([refusal_reasons.PileThereAlready(name)] if is_there else [])
        batch = PaperBatch.objects.create(election=election, name=name, typed=ballots, typed_by=by)
        chain.append_line(election.organisation, by, "typed in paper ballots", election)
    return batch


def type_in_again(*, batch: PaperBatch, text: str, by: Account) -> PaperBatch:
    """Keep the second typing of a pile beside the first; it counts once both say the same."""
    ballots = _read(batch.election, text)
    with transaction.atomic(using="desk"):
        _refuse_over(batch.election)
        batch.again, batch.typed_again_by = ballots, by
        batch.save(update_fields=["again", "typed_again_by"])
        chain.append_line(batch.election.organisation, by, "typed in paper ballots again", batch.election)
    return batch


def remove_batch(*, batch: PaperBatch, by: Account) -> None:
    """Delete a pile, to type it in from the start."""
    with transaction.atomic(using="desk"):
        _refuse_over(batch.election)
        batch.delete()
        erase_after_commit("desk")
        chain.append_line(batch.election.organisation, by, "removed paper ballots", batch.election)


def _read(election: Election, text: str) -> list[list[int]]:
    is_ranked = election.counting_method.is_ranked
    ballots = read_typed_ballots(text, options=len(election.options), is_ranked=is_ranked)
    refuse([] if ballots else [refusal_reasons.UnreadableBallot(1, len(election.options))])
    return ballots


def _refuse_over(election: Election) -> None:
    held = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    takes_paper = held.state in {ElectionState.OPEN, ElectionState.CLOSED}
    refuse([] if takes_paper else [refusal_reasons.ElectionNotOpen()])
    refuse([] if held.has_paper else [refusal_reasons.NoPaperInRules()])


def count_election(*, election: Election, seed: int, entitled: int, by: Account) -> Election:
    """Count phones and paper together, tell the result on the square, and destroy the ballots.

    `seed` is what the dice showed, thrown before anybody counted. A count that reached the square and broke off before
    the desk knew of it is taken over as it is there.
    """
    with transaction.atomic(using="desk"):
        held = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        refuse([refusal_reasons.ElectionNotOpen()] if held.counted_on or held.withdrawn_on else [])
        published = _published(held)
        if not published.is_counted:
            _count_on_square(held, published, seed, entitled)
        held.counted_on, held.winners = timezone.localdate(), list(published.winners)
        held.save(update_fields=["counted_on", "winners"])
        _delete_paper(held)
        chain.append_line(held.organisation, by, "counted an election", held)
    return held


def _count_on_square(election: Election, published: PublishedElection, seed: int, entitled: int) -> None:
    batches = list(election.batches.all())
    differing = tuple(batch.name for batch in batches if not batch.is_agreed)
    paper: list[Sequence[int]] = [ballot for batch in batches for ballot in batch.typed]
    with transaction.atomic(using="square"):
        cast = CastBallots(square_elections.hold_ballots(published), paper)
        refuse(
            ([refusal_reasons.ElectionStillOpen()] if election.state == ElectionState.OPEN else [])
            + ([refusal_reasons.BatchesDiffer(differing)] if differing else [])
            + ([] if cast.total else [refusal_reasons.NoBallots()])
            + ([refusal_reasons.MoreBallotsThanVoters(cast.total, entitled)] if cast.total > entitled else [])
        )
        counted, merged = count_ballots(
            cast,
            names=published.names,
            method=published.counting_method,
            seats=published.seats,
            seed=seed,
        )
        least = threshold(published.organisation)
        told = choose_what_to_tell(counted, merged, cast, entitled=entitled, least=least)
        square_elections.publish_count(published, told)


def _published(election: Election) -> PublishedElection:
    if election.published is None:
        raise Refused([refusal_reasons.ElectionNotOpen()])
    return election.published


def _delete_paper(election: Election) -> None:
    election.batches.all().delete()
    erase_after_commit("desk")
