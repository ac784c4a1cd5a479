"""Ballots without names: who has answered stands on a roll, what was answered only in a total."""

from django.db import IntegrityError, models, transaction
from django.db.models import F

from massline.core.refusal import Refused
from massline.desk.decide.ballots import rules
from massline.desk.decide.ballots.models import Roll
from massline.desk.people.models import Account, Membership, Organisation


def cast_ballot(
    box: models.Model,
    *,
    field: str,
    subject: str,
    organisation: Organisation,
    by: Account,
    while_: models.Q | None = None,
) -> None:
    """Add one to a total and put the account on the roll, together; nobody answers twice.

    Where the box is no longer as `while_` says, the vote is over and nothing is kept.
    """
    try:
        with transaction.atomic(using="desk"):
            Roll.objects.create(organisation=organisation, subject=subject, account=by)
            boxes = type(box)._default_manager.filter(while_ or models.Q(), pk=box.pk)
            if not boxes.update(**{field: F(field) + 1}):
                raise Refused([rules.VoteOver()])
    except IntegrityError:
        raise Refused([rules.AnsweredAlready()]) from None


def destroy_roll(subject: str) -> None:
    """Destroy a roll: from then on nothing says who took part."""
    Roll.objects.filter(subject=subject).delete()


def count_members(organisation: Organisation) -> int:
    return Membership.objects.live().filter(organisation=organisation).count()
