"""Secret ballots: the roll records who has voted, a total records the answers, and nothing joins the two.

They are written in two transactions. When the answer is written, the database's log holds nothing of the roll any more.
"""

import hashlib
import secrets

from django.db import models, transaction
from django.db.models import F

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import Refused
from massline.desk.decide.ballots import refusal_reasons
from massline.desk.decide.ballots.models import BallotBox, Roll
from massline.desk.people.models import Account, Membership, Organisation

ANSWER_FIELDS = {"yes": "in_favour", "no": "against", "abstain": "abstained"}


def fresh_nonce() -> str:
    """The number of one form; it is kept nowhere but on the page."""
    return secrets.token_urlsafe(24)


def cast_ballot(
    box: models.Model,
    *,
    field: str,
    subject: str,
    organisation: Organisation,
    by: Account,
    nonce: str = "",
    only_if: models.Q | None = None,
) -> None:
    """Put the account on the roll, then add one to a total of the box. The same form sent again adds nothing.

    Raises Refused, and keeps nothing, where the account has voted before or the box no longer fits `only_if`.
    """
    nonce = nonce or fresh_nonce()
    boxes = type(box)._default_manager.filter(only_if or models.Q(), pk=box.pk)
    if not boxes.exists():
        raise Refused([refusal_reasons.VoteOver()])
    _enrol(organisation, subject, by, _hash(f"{subject} {nonce}", b"roll"))
    receipt = _hash(f"{subject} {nonce}", b"box").hex()
    with transaction.atomic(using="desk"):
        counted, _made = BallotBox.objects.select_for_update().get_or_create(
            subject=subject, defaults={"organisation": organisation}
        )
        if receipt in counted.receipts:
            return
        if boxes.update(**{field: F(field) + 1}):
            counted.receipts = sorted([*counted.receipts, receipt])
            counted.save(update_fields=["receipts"])
            return
    Roll.objects.filter(subject=subject, account=by).delete()
    erase_after_commit("desk")
    raise Refused([refusal_reasons.VoteOver()])


def _enrol(organisation: Organisation, subject: str, account: Account, claim: bytes) -> None:
    """Note that an account has voted; raises Refused where another form of theirs did so before."""
    with transaction.atomic(using="desk"):
        roll, _made = Roll.objects.get_or_create(
            subject=subject, account=account, defaults={"organisation": organisation, "claim": claim}
        )
        erase_after_commit("desk")
    if bytes(roll.claim) != claim:
        raise Refused([refusal_reasons.AnsweredAlready()])


def _hash(ballot: str, use: bytes) -> bytes:
    return hashlib.blake2b(ballot.encode(), digest_size=32, person=use).digest()


def destroy_roll(subject: str) -> None:
    """Delete the roll of a vote, so that no record remains of who took part."""
    Roll.objects.filter(subject=subject).delete()
    BallotBox.objects.filter(subject=subject).delete()
    erase_after_commit("desk")


def count_members(organisation: Organisation) -> int:
    return Membership.objects.live().filter(organisation=organisation).count()
