"""Secret ballots: the roll records who has voted, a total records the answers, and nothing joins the two."""

from django.db import IntegrityError, models, transaction
from django.db.models import F

from massline.core.refusal import Refused
from massline.desk.decide.ballots import rules
from massline.desk.decide.ballots.models import Roll
from massline.desk.people.models import Account, Membership, Organisation

ANSWER_FIELDS = {"yes": "in_favour", "no": "against", "abstain": "abstained"}


def cast_ballot(
    box: models.Model,
    *,
    field: str,
    subject: str,
    organisation: Organisation,
    by: Account,
    only_if: models.Q | None = None,
) -> None:
    """Add one to a total of the box and put the account on the roll, in one transaction.

    Raises Refused, and keeps nothing, where the account has voted before or the box no longer fits `only_if`.
    """
    try:
        with transaction.atomic(using="desk"):
            Roll.objects.create(organisation=organisation, subject=subject, account=by)
            boxes = type(box)._default_manager.filter(only_if or models.Q(), pk=box.pk)
            if not boxes.update(**{field: F(field) + 1}):
                raise Refused([rules.VoteOver()])
    except IntegrityError:
        raise Refused([rules.AnsweredAlready()]) from None


def destroy_roll(subject: str) -> None:
    """Delete the roll of a vote, so that no record remains of who took part."""
    Roll.objects.filter(subject=subject).delete()


def count_members(organisation: Organisation) -> int:
    return Membership.objects.live().filter(organisation=organisation).count()
