"""Opening the key with sheets at the desk: each keeper types their own words, and memory joins them."""

from django.db import transaction
from nacl.public import PrivateKey

from massline.core.refusal import Reason, refuse
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import recovery_sheets, sheet_refusal_reasons
from massline.desk.guard.keys.key_holders import seal_key_to_holder
from massline.desk.guard.keys.models import AccountKey, OrganisationKey, PaperSet, RecoverySeal
from massline.desk.guard.keys.sheet_sessions import KeeperSeat, SheetSession, SheetSessionStore
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation

OPENING_SECONDS = 10 * 60
OPENING = SheetSessionStore(OPENING_SECONDS)


def start_joint_recovery(organisation: Organisation, *, words: str, by: Account) -> None:
    """Hold the first keeper's words in memory for ten minutes. Raises Refused for what is no sheet of this set.

    So it does while somebody else's words are waiting.
    """
    refuse(_reasons_against(organisation, words, by))
    sitting = SheetSession(
        organisation=organisation.pk,
        size=recovery_sheets.sheets_needed(words) or 0,
        starter=by.pk,
        ends=OPENING.deadline(),
    )
    sitting.seats[by.pk] = _seat(by, words)
    refuse([] if OPENING.begin_unless_taken(sitting) else [sheet_refusal_reasons.StartedAlready()])


def join_joint_recovery(organisation: Organisation, *, code: str, words: str, by: Account) -> bool:
    """Add another keeper's words; return True once the key is open and every keeper there holds it.

    Raises Refused for a wrong code, a wrong sheet, or somebody who does not count as another person.
    """
    with OPENING.at(organisation.pk) as sitting:
        refuse([] if sitting else [sheet_refusal_reasons.NoSitting()])
        assert sitting is not None
        refuse([] if sitting.has_code(code) else [sheet_refusal_reasons.WrongJoinCode()])
        refuse(_reasons_against(organisation, words, by))
        refuse(_reasons_against_person(organisation, sitting, by))
        refuse([sheet_refusal_reasons.SameSheet()] if _is_there(sitting, words) else [])
        sitting.seats[by.pk] = _seat(by, words)
        if not sitting.is_full:
            return False
        OPENING.take_out(organisation.pk)
    try:
        _join(organisation, sitting)
    finally:
        sitting.wipe()
    return True


def is_recovery_waiting(organisation: Organisation, account: Account) -> bool:
    """True while this account's words are in memory."""
    with OPENING.at(organisation.pk) as sitting:
        return sitting is not None and account.pk in sitting.seats


def newest_seal(organisation: Organisation) -> RecoverySeal | None:
    return RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()


def _reasons_against(organisation: Organisation, words: str, by: Account) -> list[Reason]:
    seal = newest_seal(organisation)
    if seal is None:
        return [sheet_refusal_reasons.NoSheet()]
    if not AccountKey.objects.filter(account=by).exists():
        return [sheet_refusal_reasons.NoOwnKey()]
    if against := sheet_refusal_reasons.reasons_against_words(words):
        return against
    ours = PaperSet.objects.filter(key__organisation=organisation, public=seal.public).first()
    if ours is None:
        return []
    digest = recovery_sheets.digest_sheet(words)
    return [] if ours.sheets.filter(digest=digest).exists() else [sheet_refusal_reasons.OtherSet()]


def _reasons_against_person(organisation: Organisation, sitting: SheetSession, by: Account) -> list[Reason]:
    """Return why this account is not another person than each of those who are there."""
    others = Account.objects.filter(pk__in=sitting.seats)
    reason = InvitationCircles.of(organisation).reason_against_each(others, by)
    return [reason] if reason else []


def _seat(account: Account, words: str) -> KeeperSeat:
    return KeeperSeat(account.pk, bytearray(recovery_sheets.fold_words(words).encode()))


def _is_there(sitting: SheetSession, words: str) -> bool:
    folded = recovery_sheets.fold_words(words).encode()
    return any(bytes(seat.words) == folded for seat in sitting.seats.values())


def _join(organisation: Organisation, sitting: SheetSession) -> None:
    seal = newest_seal(organisation)
    assert seal is not None
    try:
        private = recovery_sheets.join_sheets([seat.words.decode() for seat in sitting.seats.values()])
        secret = recovery_sheets.open_sealed(bytes(seal.sealed), private)
    except recovery_sheets.RecoveryRefused:
        refuse([sheet_refusal_reasons.OtherSet()])
        raise
    key = _key_of(organisation, secret)
    refuse([] if key else [sheet_refusal_reasons.OtherSet()])
    assert key is not None
    with transaction.atomic(using="desk"):
        for account in Account.objects.filter(pk__in=sitting.seats):
            seal_key_to_holder(key, secret, to=account)
            Membership.objects.filter(account=account, organisation=organisation).update(role=Role.HOLDER)
            chain.append_line(organisation, account, "took the key back from paper", key)


def _key_of(organisation: Organisation, private_key: bytes) -> OrganisationKey | None:
    public_key = bytes(PrivateKey(private_key).public_key)
    return next((key for key in organisation.keys.all() if bytes(key.public_key) == public_key), None)
