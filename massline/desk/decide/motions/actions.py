"""Putting a motion, changing it, calling speakers, and one count for hands, paper and phones."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.ballots import rules as ballot_rules
from massline.desk.decide.ballots.count import Count
from massline.desk.decide.ballots.models import Rule
from massline.desk.decide.ballots.rolls import cast_ballot, destroy_roll
from massline.desk.decide.motions.models import Amendment, Motion, MotionState, Speaker, Tally, VotingMethod
from massline.desk.decide.principles.actions import ANSWERS
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def put_motion(
    *,
    organisation: Organisation,
    text: str,
    meeting: str,
    by: Account,
    rule: str = Rule.MAJORITY,
    quorum: int = 0,
    meeting_uuid: UUID | None = None,
) -> Motion:
    """Put one sentence to a meeting; the rule is stated before anybody votes."""
    refuse([] if text.strip() else [shared_rules.NoWords("motion")])
    with transaction.atomic(using="desk"):
        motion = Motion.objects.create(
            organisation=organisation,
            meeting=meeting,
            meeting_uuid=meeting_uuid,
            moved=text.strip(),
            text=text.strip(),
            rule=Rule(rule),
            quorum=quorum,
        )
        for way in VotingMethod:
            Tally.objects.create(motion=motion, way=way)
        chain.write(organisation, by, "put a motion", motion)
    return motion


def put_amendment(*, motion: Motion, text: str, by: Account) -> Amendment:
    refuse(_closed(motion) + ([] if text.strip() else [shared_rules.NoWords("motion")]))
    with transaction.atomic(using="desk"):
        made = Amendment.objects.create(motion=motion, text=text.strip())
        chain.write(motion.organisation, by, "put an amendment", made)
    return made


def settle_amendment(*, amendment: Amendment, count: Count, by: Account) -> None:
    """Take an amendment by more hands for than against: the motion reads so from then on."""
    motion = amendment.motion
    refuse(_closed(motion) + ([] if amendment.taken is None else [ballot_rules.VoteOver()]))
    with transaction.atomic(using="desk"):
        amendment.taken = count.carries(Rule.MAJORITY)
        amendment.in_favour, amendment.against = count.in_favour, count.against
        amendment.abstained = count.abstained
        amendment.save()
        if amendment.taken:
            motion.text = amendment.text
            motion.save(update_fields=["text"])
        chain.write(motion.organisation, by, "settled an amendment", amendment)


def record_tally(*, motion: Motion, way: str, count: Count, by: Account) -> None:
    """Write down what the tellers counted in one way; counting again replaces it."""
    refuse(_closed(motion))
    with transaction.atomic(using="desk"):
        motion.tallies.filter(way=VotingMethod(way)).update(
            in_favour=count.in_favour, against=count.against, abstained=count.abstained
        )
        chain.write(motion.organisation, by, f"counted {VotingMethod(way)}", motion)


def vote_by_phone(*, motion: Motion, answer: str, by: Account) -> None:
    """Put one member's answer into the phones' box: once, and without a name."""
    cast_ballot(
        motion.tallies.get(way=VotingMethod.PHONES),
        field=ANSWERS[answer],
        subject=motion.roll_name,
        organisation=motion.organisation,
        by=by,
        while_=Q(motion__state=MotionState.OPEN),
    )


def close_motion(*, motion: Motion, present: int, dissent: str, by: Account) -> Motion:
    """Close by the rule stated before; the names of speakers and the roll of phones are destroyed."""
    with transaction.atomic(using="desk"):
        found = Motion.objects.select_for_update().get(pk=motion.pk)
        count = found.count
        refuse(
            _closed(found)
            + ([] if present >= found.quorum else [ballot_rules.TooFewHere(present, found.quorum)])
            + ([] if count.total <= present else [ballot_rules.MoreVotesThanPeople(count.total, present)])
        )
        carried = count.carries(found.rule)
        found.state = MotionState.CARRIED if carried else MotionState.LOST
        found.present, found.dissent, found.closed_on = present, dissent, timezone.localdate()
        found.save(update_fields=["state", "present", "dissent", "closed_on"])
        _forget(found)
        chain.write(found.organisation, by, "closed a motion", found)
    return found


def withdraw_motion(*, motion: Motion, by: Account) -> None:
    refuse(_closed(motion))
    with transaction.atomic(using="desk"):
        motion.state, motion.closed_on = MotionState.WITHDRAWN, timezone.localdate()
        motion.save(update_fields=["state", "closed_on"])
        _forget(motion)
        chain.write(motion.organisation, by, "withdrew a motion", motion)


def _forget(motion: Motion) -> None:
    motion.speakers.all().delete()
    destroy_roll(motion.roll_name)


def _closed(motion: Motion) -> list[Reason]:
    return [] if motion.is_open else [ballot_rules.VoteOver()]


def add_speaker(*, motion: Motion, name: str, is_first_time: bool) -> Speaker:
    """Put somebody on the list; who speaks for the first time goes before those who have spoken."""
    refuse(_closed(motion) + ([] if name.strip() else [shared_rules.NoWords("speaker")]))
    with transaction.atomic(using="desk"):
        last = motion.speakers.aggregate(last=Max("place"))["last"] or 0
        speaker = Speaker.objects.create(
            motion=motion, name=name.strip(), place=last + 1, is_first_time=is_first_time
        )
        if is_first_time:
            waiting = list(motion.speakers.filter(has_spoken=False).exclude(pk=speaker.pk))
            firsts = [one for one in waiting if one.is_first_time]
            _order([*firsts, speaker, *(one for one in waiting if not one.is_first_time)])
    return speaker


def move_speaker(*, speaker: Speaker, way: str) -> None:
    """Move a speaker up or down, mark that they have spoken, or take them off the list."""
    if way == "off":
        speaker.delete()
        return
    if way == "spoke":
        speaker.has_spoken = True
        speaker.save(update_fields=["has_spoken"])
        return
    with transaction.atomic(using="desk"):
        waiting = list(speaker.motion.speakers.filter(has_spoken=False))
        if speaker not in waiting:
            raise Refused([ballot_rules.VoteOver()])
        at = waiting.index(speaker)
        to = max(0, at - 1) if way == "up" else min(len(waiting) - 1, at + 1)
        waiting.insert(to, waiting.pop(at))
        _order(waiting)


def _order(speakers: list[Speaker]) -> None:
    for place, one in enumerate(speakers, 1):
        one.place = place
        one.save(update_fields=["place"])


def record_tallies(*, motion: Motion, counts: Mapping[str, Count], by: Account) -> None:
    """Write down all three ways at once, as the form gives them."""
    with transaction.atomic(using="desk"):
        for way, count in counts.items():
            record_tally(motion=motion, way=way, count=count, by=by)
