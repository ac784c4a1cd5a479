"""Putting, amending and closing a motion, calling speakers, and one count for hands, paper and phones."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.ballots import refusal_reasons as ballot_reasons
from massline.desk.decide.ballots.majority_count import MajorityRule, VoteCount
from massline.desk.decide.ballots.secret_ballots import ANSWER_FIELDS, cast_ballot, destroy_roll
from massline.desk.decide.motions import refusal_reasons
from massline.desk.decide.motions.models import Amendment, Motion, MotionState, Speaker, Tally, VotingMethod
from massline.desk.decide.motions.phone_vote import ask_new_wording, close_phones, reopen_phones
from massline.desk.decide.phone_votes import refusal_reasons as hall_reasons
from massline.desk.guard.audit import chain
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.models import Account, Membership, Organisation

LONGEST_TEXT = 600


def put_motion(
    *,
    organisation: Organisation,
    text: str,
    meeting: str,
    by: Account,
    rule: str = MajorityRule.MAJORITY,
    quorum: int = 0,
    meeting_uuid: UUID | None = None,
    is_secret: bool = False,
) -> Motion:
    """Put one sentence to a meeting, with the rule it will be counted by."""
    refuse([] if text.strip() else [shared_refusal_reasons.NoWords("motion")])
    with transaction.atomic(using="desk"):
        motion = Motion.objects.create(
            organisation=organisation,
            meeting=meeting,
            meeting_uuid=meeting_uuid,
            moved=text.strip(),
            text=text.strip(),
            rule=MajorityRule(rule),
            quorum=quorum,
            is_secret=is_secret,
            put_by=by,
        )
        for method in VotingMethod:
            Tally.objects.create(motion=motion, way=method)
        chain.append_line(organisation, by, "put a motion", motion)
    return motion


def put_amendment(*, motion: Motion, text: str, by: Account, base: str = "") -> Amendment:
    """Put another wording. `base` is the text it was written against; the present one if empty."""
    refuse(_closed(motion) + ([] if text.strip() else [shared_refusal_reasons.NoWords("motion")]))
    with transaction.atomic(using="desk"):
        amendment = Amendment.objects.create(motion=motion, base=base or motion.text, text=text.strip())
        chain.append_line(motion.organisation, by, "put an amendment", amendment)
    return amendment


def settle_amendment(*, amendment: Amendment, count: VoteCount, by: Account, version: str = "") -> None:
    """Record the hands for an amendment; with a majority its changes go into the text of the motion.

    Raises Refused where another amendment changed the same words since it was put, and where the text is no longer the
    `version` that was shown when hands were raised. Votes given to the text before
    are set aside, because nobody voted on the new one.
    """
    with transaction.atomic(using="desk"):
        motion = Motion.objects.select_for_update().get(pk=amendment.motion_id)
        amendment.refresh_from_db()
        amendment.motion = motion
        refuse(
            _closed(motion)
            + ([] if amendment.taken is None else [ballot_reasons.VoteOver()])
            + _against_version(motion, version)
        )
        amendment.taken = count.carries(MajorityRule.MAJORITY)
        text = amendment.joined if amendment.taken else motion.text
        if text is None or len(text) > LONGEST_TEXT:
            raise Refused([refusal_reasons.AmendmentCollides(motion.text, amendment.text)])
        amendment.in_favour, amendment.against = count.in_favour, count.against
        amendment.abstained = count.abstained
        amendment.save()
        if text != motion.text:
            motion.text = text
            motion.is_asked_again = _set_votes_aside(motion) or motion.is_asked_again
            motion.save(update_fields=["text", "is_asked_again"])
        chain.append_line(motion.organisation, by, "settled an amendment", amendment)


def _set_votes_aside(motion: Motion) -> bool:
    """Empty the tallies and the roll of phones. Returns True if anybody had voted."""
    has_votes = ask_new_wording(motion) or motion.count.total > 0
    motion.tallies.update(in_favour=0, against=0, abstained=0)
    destroy_roll(motion.roll_name)
    return has_votes


def record_tally(*, motion: Motion, method: str, count: VoteCount, by: Account) -> None:
    """Record the tellers' count of one voting method, in place of an earlier one."""
    refuse(_closed(motion))
    with transaction.atomic(using="desk"):
        motion.tallies.filter(way=VotingMethod(method)).update(
            in_favour=count.in_favour, against=count.against, abstained=count.abstained
        )
        chain.append_line(motion.organisation, by, f"counted {VotingMethod(method)}", motion)


def record_tallies(*, motion: Motion, counts: Mapping[str, VoteCount], by: Account) -> None:
    """Record the counts of several voting methods, all or none."""
    with transaction.atomic(using="desk"):
        for method, count in counts.items():
            record_tally(motion=motion, method=method, count=count, by=by)


def _against_version(motion: Motion, version: str) -> list[Reason]:
    """A vote belongs to the text that was read; a page without a version says nothing about that."""
    return [refusal_reasons.TextChanged()] if version and version != motion.version else []


def record_phone_vote(
    *, motion: Motion, answer: str, by: Account, nonce: str = "", version: str = ""
) -> None:
    """Add one member's answer to the total of the phones, once and without a name.

    Raises Refused if the text is no longer the `version` that was read, and for whoever came in that day or later through the same person as whoever put the motion.
    """
    refuse(
        ([] if motion.hall_number is None else [hall_reasons.VotesByCard()])
        + ([refusal_reasons.LetInForMotion()] if _was_let_in_for(motion, by) else [])
        + _against_version(motion, version)
    )
    cast_ballot(
        motion.tallies.get(way=VotingMethod.PHONES),
        field=ANSWER_FIELDS[answer],
        subject=motion.roll_name,
        organisation=motion.organisation,
        by=by,
        nonce=nonce,
        only_if=Q(motion__state=MotionState.OPEN) & (Q(motion__text=motion.text) if version else Q()),
    )


def _was_let_in_for(motion: Motion, account: Account) -> bool:
    member = Membership.objects.filter(organisation=motion.organisation, account=account).first()
    if motion.put_by is None or member is None or member.let_in_by_id is None:
        return False
    if member.since < motion.made_on or account == motion.put_by:
        return False
    return not InvitationCircles.of(motion.organisation).are_independent(motion.put_by.pk, account.pk)


def close_motion(*, motion: Motion, present: int, dissent: str, by: Account) -> Motion:
    """Close the motion by its rule, and delete the names of speakers and the roll of phones."""
    try:
        return _close(motion, present, dissent, by)
    except Refused:
        motion.refresh_from_db()
        if motion.is_open:
            reopen_phones(motion)
        raise


def _close(motion: Motion, present: int, dissent: str, by: Account) -> Motion:
    with transaction.atomic(using="desk"):
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        refuse(_closed(motion))
        close_phones(motion)
        count = motion.count
        refuse(
            ([] if count.total else [refusal_reasons.NothingCounted()])
            + ([] if present >= motion.quorum else [ballot_reasons.TooFewHere(present, motion.quorum)])
            + ([] if count.total <= present else [ballot_reasons.MoreVotesThanPeople(count.total, present)])
        )
        carried = count.carries(motion.rule)
        motion.state = MotionState.CARRIED if carried else MotionState.LOST
        motion.present, motion.dissent, motion.closed_on = present, dissent, timezone.localdate()
        motion.save(update_fields=["state", "present", "dissent", "closed_on"])
        _delete_names(motion)
        chain.append_line(motion.organisation, by, "closed a motion", motion)
    return motion


def withdraw_motion(*, motion: Motion, by: Account) -> None:
    refuse(_closed(motion))
    with transaction.atomic(using="desk"):
        close_phones(motion)
        motion.state, motion.closed_on = MotionState.WITHDRAWN, timezone.localdate()
        motion.save(update_fields=["state", "closed_on"])
        _delete_names(motion)
        chain.append_line(motion.organisation, by, "withdrew a motion", motion)


def _delete_names(motion: Motion) -> None:
    motion.speakers.all().delete()
    destroy_roll(motion.roll_name)


def _closed(motion: Motion) -> list[Reason]:
    return [] if motion.is_open else [ballot_reasons.VoteOver()]


def add_speaker(*, motion: Motion, name: str, is_first_time: bool) -> Speaker:
    """Put somebody on the list of speakers, first-time speakers ahead of the others."""
    refuse(_closed(motion) + ([] if name.strip() else [shared_refusal_reasons.NoWords("speaker")]))
    with transaction.atomic(using="desk"):
        last = motion.speakers.aggregate(last=Max("place"))["last"] or 0
        speaker = Speaker.objects.create(
            motion=motion, name=name.strip(), place=last + 1, is_first_time=is_first_time
        )
        if is_first_time:
            waiting = list(motion.speakers.filter(has_spoken=False).exclude(pk=speaker.pk))
            first_timers = [queued for queued in waiting if queued.is_first_time]
            others = [queued for queued in waiting if not queued.is_first_time]
            _order([*first_timers, speaker, *others])
    return speaker


def move_speaker(*, speaker: Speaker, step: str) -> None:
    """Move a speaker "up" or "down", mark that they "spoke", or take them "off" the list."""
    if step == "off":
        speaker.delete()
        erase_after_commit("desk")
        return
    if step == "spoke":
        speaker.has_spoken = True
        speaker.save(update_fields=["has_spoken"])
        return
    with transaction.atomic(using="desk"):
        waiting = list(speaker.motion.speakers.filter(has_spoken=False))
        if speaker not in waiting:
            raise Refused([ballot_reasons.VoteOver()])
        place = waiting.index(speaker)
        new_place = max(0, place - 1) if step == "up" else min(len(waiting) - 1, place + 1)
        waiting.insert(new_place, waiting.pop(place))
        _order(waiting)


def _order(speakers: list[Speaker]) -> None:
    for place, speaker in enumerate(speakers, 1):
        speaker.place = place
        speaker.save(update_fields=["place"])
