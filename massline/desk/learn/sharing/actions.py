"""Importing lessons from other installations, recording trials of them, and sharing public texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from massline.desk.guard.audit import chain
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.sharing import signed_lesson_files
from massline.desk.learn.sharing.models import ForeignLesson, Gift, KnownKey, Trial
from massline.desk.learn.sister_chapters import list_sister_chapters
from massline.desk.people.choices import OrganisationKind
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import scope_to_everything
from massline.embed.pii import flags


@dataclass(frozen=True)
class TrialCounts:
    """The organisations of this installation that tried a lesson: where it held, and where it did not."""

    held: int = 0
    did_not: int = 0


def count_trials(lesson: UUID) -> TrialCounts:
    with scope_to_everything("how often a lesson held is a count over all who have it"):
        held = list(Trial.objects.filter(lesson=lesson).values_list("held", flat=True))
    return TrialCounts(held=held.count(True), did_not=held.count(False))


def find_trial(organisation: Organisation, lesson: UUID) -> Trial | None:
    return Trial.objects.filter(organisation=organisation, lesson=lesson).first()


def record_trial(*, organisation: Organisation, lesson: UUID, held: bool, words: str, by: Account) -> Trial:
    """Record whether a lesson held in this organisation; a later trial replaces the record."""
    with transaction.atomic(using="desk"):
        trial, _made = Trial.objects.update_or_create(
            organisation=organisation, lesson=lesson, defaults={"held": held, "words": words}
        )
        chain.append_line(organisation, by, "tried a lesson", trial)
    return trial


def import_lesson(*, organisation: Organisation, text: str, by: Account) -> ForeignLesson:
    """Store the lesson of a signed file; the same file again is the same lesson.

    Raises NotGenuine where the signature is invalid, or the lesson is the organisation's own or points at a person.
    """
    signed = signed_lesson_files.read_signed_lesson(text)
    if Lesson.objects.filter(uuid=signed.uuid, review__event__organisation=organisation).exists():
        raise signed_lesson_files.NotGenuine(
            _("Nothing was imported: this is your own lesson."), code="own-lesson"
        )
    _refuse_private_data(signed)
    fields = {name: getattr(signed, name) for name in signed.__dataclass_fields__}
    identity = {name: fields.pop(name) for name in ("uuid", "public_key")}
    with transaction.atomic(using="desk"):
        lesson, _made = ForeignLesson.objects.update_or_create(
            organisation=organisation, **identity, defaults=fields
        )
        chain.append_line(organisation, by, "took a lesson in", lesson)
    return lesson


def _refuse_private_data(signed: signed_lesson_files.SignedLesson) -> None:
    for text in (signed.claim, signed.context, signed.evidence):
        if any(flag.sure for flag in flags.find_flags(text)):
            raise signed_lesson_files.NotGenuine(
                _(
                    "Nothing was imported: it contains someone’s contact details. Ask for a copy without "
                    "them."
                ),
                code="reaches-a-person",
            )


def trust_key(*, lesson: ForeignLesson, by: Account) -> KnownKey:
    """Record that a key was compared with its sender by voice; all lessons under it count as theirs."""
    with transaction.atomic(using="desk"):
        key, _made = KnownKey.objects.get_or_create(
            organisation=lesson.organisation,
            public_key=lesson.public_key,
            defaults={"name": lesson.sender, "compared_by": by},
        )
        chain.append_line(lesson.organisation, by, "compared a key", key)
    return key


def find_known_key(lesson: ForeignLesson) -> KnownKey | None:
    """Return the key of a lesson's sender; None where nobody has compared it."""
    keys = KnownKey.objects.filter(organisation=lesson.organisation_id, public_key=lesson.public_key)
    return keys.first()


def list_sharing_partners(organisation: Organisation) -> QuerySet[Organisation]:
    """Return sister chapters and the coalitions of this installation; none for an inner organisation."""
    if organisation.kind == OrganisationKind.INNER:
        return Organisation.objects.none()
    family = list_sister_chapters(organisation).exclude(kind=OrganisationKind.INNER).values("pk")
    coalitions = Organisation.objects.filter(kind=OrganisationKind.COALITION).values("pk")
    return Organisation.objects.filter(Q(pk__in=family) | Q(pk__in=coalitions)).exclude(pk=organisation.pk)


def share_public_text(
    *,
    organisation: Organisation,
    what: str,
    text: str,
    address: str,
    to: Iterable[Organisation],
    by: Account,
) -> Gift:
    """Share a copy of something public with the organisations that were chosen."""
    with transaction.atomic(using="desk"):
        gift = Gift.objects.create(organisation=organisation, what=what, text=text, address=address)
        gift.given_to.set(to)
        chain.append_line(organisation, by, "gave something on", gift)
    return gift


def list_received_gifts(organisation: Organisation) -> list[Gift]:
    """Return the newest texts that others shared with the organisation."""
    with scope_to_everything("a gift says itself to whom it was given"):
        return list(Gift.objects.filter(given_to=organisation).select_related("organisation")[:30])
