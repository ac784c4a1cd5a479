"""Taking lessons in from other installations, saying whether one held here, and giving public words on."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from massline.desk.guard.audit import chain
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.sharing import signing
from massline.desk.learn.sharing.models import ForeignLesson, Gift, KnownKey, Trial
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import everything
from massline.desk.people.states import Kind
from massline.embed.pii import flags


@dataclass(frozen=True)
class Tried:
    """In how many organisations of this installation a lesson was tried: where it held, where it did not."""

    held: int = 0
    did_not: int = 0


def tried(lesson: UUID) -> Tried:
    with everything("how often a lesson held is a count over all who have it"):
        said = list(Trial.objects.filter(lesson=lesson).values_list("held", flat=True))
    return Tried(held=said.count(True), did_not=said.count(False))


def say_tried(*, organisation: Organisation, lesson: UUID, held: bool, words: str, by: Account) -> Trial:
    """Say that it was tried here. Said again, the newest word stands."""
    with transaction.atomic(using="desk"):
        trial, _made = Trial.objects.update_or_create(
            organisation=organisation, lesson=lesson, defaults={"held": held, "words": words}
        )
        chain.write(organisation, by, "tried a lesson", trial)
    return trial


def take_in(*, organisation: Organisation, text: str, by: Account) -> ForeignLesson:
    """Keep a lesson out of a signed file; the same file again is the same lesson.

    Raises NotGenuine where the signature does not hold, where the lesson is our own, or where it points at a person.
    """
    signed = signing.read(text)
    if Lesson.objects.filter(uuid=signed.uuid, review__event__organisation=organisation).exists():
        raise signing.NotGenuine(_("Nothing was taken in: this lesson is your own."))
    _no_person(signed)
    told = {name: getattr(signed, name) for name in signed.__dataclass_fields__}
    same = {name: told.pop(name) for name in ("uuid", "public_key")}
    with transaction.atomic(using="desk"):
        lesson, _made = ForeignLesson.objects.update_or_create(
            organisation=organisation, **same, defaults=told
        )
        chain.write(organisation, by, "took a lesson in", lesson)
    return lesson


def _no_person(signed: signing.Signed) -> None:
    for text in (signed.claim, signed.context, signed.evidence):
        if any(flag.sure for flag in flags.find(text)):
            raise signing.NotGenuine(
                _("Nothing was taken in: it holds a way to reach a person. Ask for it without.")
            )


def trust(*, lesson: ForeignLesson, by: Account) -> KnownKey:
    """Say that the key was compared with the sender, by voice; all lessons under it count as theirs."""
    with transaction.atomic(using="desk"):
        key, _made = KnownKey.objects.get_or_create(
            organisation=lesson.organisation,
            public_key=lesson.public_key,
            defaults={"name": lesson.sender, "compared_by": by},
        )
        chain.write(lesson.organisation, by, "compared a key", key)
    return key


def key_of(lesson: ForeignLesson) -> KnownKey | None:
    """The compared key of a lesson's sender; None where nobody has compared it."""
    keys = KnownKey.objects.filter(organisation=lesson.organisation_id, public_key=lesson.public_key)
    return keys.first()


def allies(organisation: Organisation) -> QuerySet[Organisation]:
    """To whom something can be given: the family, and every coalition here. An inner organisation gives nothing."""
    from massline.desk.learn.sister_chapters import sisters

    if organisation.kind == Kind.INNER:
        return Organisation.objects.none()
    family = sisters(organisation).exclude(kind=Kind.INNER).values("pk")
    coalitions = Organisation.objects.filter(kind=Kind.COALITION).values("pk")
    return Organisation.objects.filter(Q(pk__in=family) | Q(pk__in=coalitions)).exclude(pk=organisation.pk)


def give(
    *,
    organisation: Organisation,
    what: str,
    text: str,
    address: str,
    to: Iterable[Organisation],
    by: Account,
) -> Gift:
    """Give a copy of something public to those who were chosen, and to nobody else."""
    with transaction.atomic(using="desk"):
        gift = Gift.objects.create(organisation=organisation, what=what, text=text, address=address)
        gift.given_to.set(to)
        chain.write(organisation, by, "gave something on", gift)
    return gift


def received(organisation: Organisation) -> list[Gift]:
    with everything("a gift says itself to whom it was given"):
        return list(Gift.objects.filter(given_to=organisation).select_related("organisation")[:30])
