"""Sheets made at the desk by two or three keepers: made in memory, shown once, and counted once all are proven."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import Reason, refuse
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import recovery_sheets, sheet_refusal_reasons
from massline.desk.guard.keys.models import PaperSet, PaperSheet, RecoverySeal
from massline.desk.guard.keys.paper_recovery import hash_answer
from massline.desk.guard.keys.sheet_sessions import (
    MOST_TRIES,
    KeeperSeat,
    SheetSession,
    SheetSessionStore,
    draw_word_places,
)
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.guard.second_person.refusal_reasons import TooNew
from massline.desk.people.models import Account, Organisation

MAKING = SheetSessionStore()


def start_sheet_session(organisation: Organisation, *, size: int, vault: Vault, by: Account) -> None:
    """Make the sheets of two or three keepers in memory and take the first seat; an earlier sitting is wiped.

    Raises RecoveryRefused for another number of keepers.
    """
    sheets = recovery_sheets.make_short_sheets(size)
    sitting = SheetSession(
        organisation=organisation.pk,
        size=size,
        starter=by.pk,
        ends=MAKING.deadline(),
        spare=[bytearray(words.encode()) for words in sheets.words],
        public=sheets.public,
        sealed=recovery_sheets.seal_to_sheets(sheets.public, vault.private_key),
        key=organisation.keys.get(epoch=vault.epoch).pk,
    )
    sitting.take_seat(by.pk)
    MAKING.begin(sitting)


def join_sheet_session(organisation: Organisation, *, code: str, by: Account) -> None:
    """Take a seat by the code that the first keeper reads aloud; the last one to come seals the key to the sheets.

    Raises Refused if nobody has started, everybody is there, the code is wrong, or this may be one of those who are
    there under another name.
    """
    with MAKING.at(organisation.pk) as sitting:
        if sitting is None:
            refuse([sheet_refusal_reasons.NoSitting()])
        assert sitting is not None
        if by.pk in sitting.seats:
            return
        refuse([] if sitting.has_code(code) else [sheet_refusal_reasons.WrongJoinCode()])
        refuse([sheet_refusal_reasons.AllThere()] if sitting.is_full else [])
        refuse(_reasons_against_person(organisation, sitting, by))
        newest = organisation.keys.first()
        if newest is None or newest.pk != sitting.key:
            MAKING.end(organisation.pk)
            refuse([sheet_refusal_reasons.NoSitting()])
        sitting.take_seat(by.pk)
        if sitting.is_full:
            _save_set(organisation, sitting, by)


def _reasons_against_person(organisation: Organisation, sitting: SheetSession, by: Account) -> list[Reason]:
    """Return why this account is not another person than each of those who are there.

    Where nobody could vouch yet, as on the first evening, they may make sheets; putting them together waits until they
    count as two.
    """
    others = Account.objects.filter(pk__in=sitting.seats)
    reason = InvitationCircles.of(organisation).reason_against_each(others, by)
    return [] if reason is None or isinstance(reason, TooNew) else [reason]


def _save_set(organisation: Organisation, sitting: SheetSession, by: Account) -> None:
    with transaction.atomic(using="desk"):
        PaperSet.objects.filter(key__organisation=organisation).exclude(pending_since=None).delete()
        paper_set = PaperSet.objects.create(key_id=sitting.key, public=sitting.public, sealed=sitting.sealed)
        for seat in sitting.seats.values():
            digest = recovery_sheets.digest_sheet(seat.words.decode())
            PaperSheet.objects.create(paper_set=paper_set, account_id=seat.account, digest=digest)
        chain.append_line(organisation, by, "made sheets with others", paper_set)


def show_words(organisation: Organisation, *, to: Account) -> list[str]:
    """Return a keeper's words, once; empty where they were shown before or not everybody is there yet."""
    with MAKING.at(organisation.pk) as sitting:
        seat = sitting.seats.get(to.pk) if sitting and sitting.is_full else None
        if seat is None or seat.is_shown:
            return []
        seat.is_shown = True
        words = seat.word_list
        seat.asked = draw_word_places(len(words))
        return words


def prove_by_places(organisation: Organisation, *, typed: Mapping[int, str], by: Account) -> list[int]:
    """Prove a sheet by the words asked for; return the places that are wrong, empty once it is proven.

    After five wrong tries the words are wiped, and only the whole sheet proves it. Raises Refused without a seat.
    """
    with MAKING.at(organisation.pk) as sitting:
        seat = sitting.seats.get(by.pk) if sitting else None
        if seat is None or not seat.asked or not seat.words:
            refuse([sheet_refusal_reasons.NoSitting()])
        assert seat is not None
        words = seat.word_list
        wrong = [
            place for place in seat.asked if _fold(typed.get(place, "")) not in _spellings(words[place - 1])
        ]
        if wrong:
            _count_try(seat)
            return wrong
        sheet = _own_sheet(organisation, by)
        if sheet is None:
            refuse([sheet_refusal_reasons.NoSheet()])
        assert sheet is not None
        mark_proven(organisation, sheet, by=by)
        seat.wipe()
    return []


def _fold(word: str) -> str:
    return recovery_sheets.fold_words(word)


def _spellings(word: str) -> set[str]:
    """The first four letters of a word tell it from every other on the list."""
    return {word, word[:4]}


def _count_try(seat: KeeperSeat) -> None:
    seat.tries += 1
    if seat.tries >= MOST_TRIES:
        seat.wipe()


def prove_by_all_words(organisation: Organisation, *, words: str, by: Account) -> None:
    """Prove a sheet by all its words, at any time. Raises Refused for a wrong word, or a sheet of another keeper or set."""
    sheet = _own_sheet(organisation, by)
    if sheet is None:
        refuse([sheet_refusal_reasons.NoSheet()])
    assert sheet is not None
    refuse(sheet_refusal_reasons.reasons_against_words(words))
    refuse([] if recovery_sheets.digest_sheet(words) == sheet.digest else [sheet_refusal_reasons.OtherSet()])
    with MAKING.at(organisation.pk):
        mark_proven(organisation, sheet, by=by)


def mark_proven(organisation: Organisation, sheet: PaperSheet, *, by: Account) -> None:
    """Note that a keeper proved a sheet; once all of a set are proven, it counts."""
    with transaction.atomic(using="desk"):
        sheet.proven_on = timezone.localdate()
        sheet.save(update_fields=["proven_on"])
        chain.append_line(organisation, by, "proved a sheet", sheet)
        paper_set = PaperSet.objects.select_for_update().get(pk=sheet.paper_set_id)
        sheets = list(paper_set.sheets.all())
        days = [sheet.proven_on for sheet in sheets if sheet.proven_on]
        if len(days) < len(sheets):
            return
        if paper_set.pending_since is None:
            RecoverySeal.objects.filter(key__organisation=organisation, public=paper_set.public).update(
                proven_on=min(days)
            )
            return
        _count_set(organisation, paper_set, by)
    MAKING.end(organisation.pk)


def _count_set(organisation: Organisation, paper_set: PaperSet, by: Account) -> None:
    inside, answer = recovery_sheets.make_challenge()
    RecoverySeal.objects.update_or_create(
        key=paper_set.key,
        defaults={
            "public": paper_set.public,
            "sealed": paper_set.sealed,
            "challenge": recovery_sheets.seal_to_sheets(paper_set.public, inside),
            "answer_hash": hash_answer(answer),
            "made_on": timezone.localdate(),
            "proven_on": timezone.localdate(),
        },
    )
    PaperSet.objects.filter(key__organisation=organisation).exclude(pk=paper_set.pk).delete()
    PaperSet.objects.filter(pk=paper_set.pk).update(sealed=None, pending_since=None)
    erase_after_commit("desk")
    chain.append_line(organisation, by, "proved the recovery", paper_set.key)


def pending_set(organisation: Organisation) -> PaperSet | None:
    """The set that not all keepers have proven yet."""
    return PaperSet.objects.filter(key__organisation=organisation).exclude(pending_since=None).first()


def current_set(organisation: Organisation) -> PaperSet | None:
    """The set that is being proven, or else the one to which the key is sealed now; None if that was made off-line."""
    pending = pending_set(organisation)
    if pending is not None:
        return pending
    seal = RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()
    sets = PaperSet.objects.filter(key__organisation=organisation)
    return sets.filter(public=seal.public).first() if seal else None


def _own_sheet(organisation: Organisation, account: Account) -> PaperSheet | None:
    paper_set = current_set(organisation)
    return paper_set.sheets.filter(account=account).first() if paper_set else None


def describe_proof_progress(paper_set: PaperSet) -> str:
    """Say whose sheets are proven and who still has to prove theirs."""
    sheets = paper_set.sheets.select_related("account")
    proven = [_keeper(sheet) for sheet in sheets if sheet.proven_on]
    still = [_keeper(sheet) for sheet in sheets if not sheet.proven_on]
    names = {
        "proven": get_text_list(proven, _("and")),
        "open": get_text_list(still, _("and")),
    }
    if not proven:
        return _("The sheets are made. Still to prove theirs: %(open)s.") % names
    return _("Sheet proven by: %(proven)s. Still to prove theirs: %(open)s.") % names


def _keeper(sheet: PaperSheet) -> str:
    return sheet.account.name if sheet.account else _("someone who left")
