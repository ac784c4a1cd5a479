"""A motion in the hall: asking it, keeping its wording there up to date, and counting the phones at the close."""

from dataclasses import dataclass

from django.db import transaction

from massline.core.refusal import Refused, refuse
from massline.desk.decide.ballots import refusal_reasons as ballot_reasons
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.ballots.secret_ballots import destroy_roll
from massline.desk.decide.motions.models import Motion, VotingMethod
from massline.desk.decide.phone_votes import refusal_reasons as hall_reasons
from massline.desk.decide.phone_votes.actions import open_phone_vote
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.square.conversations.models import Conversation
from massline.square.conversations.phone_votes import actions as square_hall


@dataclass(frozen=True)
class LiveCount:
    """What a meeting may see while it votes: how many have voted, and totals unless the vote is secret.

    `waiting` of the phones are not in the totals yet, so that no step gives one person's answer away.
    """

    phones: int
    voted: int
    totals: VoteCount | None
    waiting: int = 0


def ask_motion_by_phone(*, motion: Motion, by: Account) -> None:
    """Ask the whole hall by phone. Answers that accounts gave by phone before are set aside: everybody uses a card."""
    refuse([] if motion.is_open else [ballot_reasons.VoteOver()])
    refuse([] if motion.hall_number is None else [hall_reasons.InHallAlready()])
    hall = open_phone_vote(
        organisation=motion.organisation, meeting=motion.meeting, meeting_uuid=motion.meeting_uuid, by=by
    )
    page = hall.page
    if page is None:
        raise Refused([hall_reasons.HallGone()])
    with transaction.atomic(using="desk"):
        motion.hall, motion.hall_number = hall, square_hall.ask_wording(page, text=motion.text)
        motion.save(update_fields=["hall", "hall_number"])
        motion.tallies.filter(way=VotingMethod.PHONES).update(in_favour=0, against=0, abstained=0)
        destroy_roll(motion.roll_name)
        chain.append_line(motion.organisation, by, "asked the hall a motion", motion)


def ask_new_wording(motion: Motion) -> bool:
    """Close the old wording in the hall and ask the new one. Returns True if anybody had answered the old one."""
    asked = _asked(motion)
    if asked is None:
        return False
    page, number = asked
    answered = square_hall.close_and_count_question(page, number).total
    motion.hall_number = square_hall.ask_wording(page, text=motion.text)
    motion.save(update_fields=["hall_number"])
    return answered > 0


def close_phones(motion: Motion) -> None:
    """Close the motion in the hall and take its totals over; without a hall nothing changes."""
    asked = _asked(motion)
    if asked is None:
        return
    answers = square_hall.close_and_count_question(*asked)
    motion.tallies.filter(way=VotingMethod.PHONES).update(
        in_favour=answers.yes, against=answers.no, abstained=answers.neither
    )


def reopen_phones(motion: Motion) -> None:
    """Take answers again after a close that was refused."""
    asked = _asked(motion)
    if asked is not None:
        square_hall.reopen_question(*asked)


def count_live(motion: Motion) -> LiveCount:
    tellers = sum(
        (tally.count for tally in motion.tallies.all() if tally.way != VotingMethod.PHONES), VoteCount()
    )
    asked = _asked(motion)
    if asked is None:
        phones = motion.tallies.get(way=VotingMethod.PHONES).count.total
        return LiveCount(phones, tellers.total + phones, None if motion.is_secret else tellers, phones)
    phones = square_hall.count_voted(*asked)
    if motion.is_secret:
        return LiveCount(phones, tellers.total + phones, None)
    told = square_hall.count_releasable_answers(*asked)
    totals = tellers + VoteCount(told.yes, told.no, told.neither)
    return LiveCount(phones, tellers.total + phones, totals, phones - told.total)


def _asked(motion: Motion) -> tuple[Conversation, int] | None:
    page = motion.hall.page if motion.hall is not None else None
    return None if page is None or motion.hall_number is None else (page, motion.hall_number)
