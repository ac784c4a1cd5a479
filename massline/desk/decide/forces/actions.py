"""Entering forces, changing their stance, and recording their moves with a source."""

from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.forces.models import BETWEEN, Force, Move, MoveKind
from massline.desk.decide.forces.private_person_check import is_private_name
from massline.desk.decide.forces.refusal_reasons import AnsweredMeanwhile, NoOtherSide, NotAnOffer
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def enter_force(*, organisation: Organisation, name: str, kind: str, by: Account, **facts: Any) -> Force:
    """Enter an organisation or an office. Raises Refused for a private person, and for a name entered before."""
    refuse(_against_name(name, kind))
    try:
        with transaction.atomic(using="desk"):
            force = Force.objects.create(organisation=organisation, name=name.strip(), kind=kind, **facts)
            chain.append_line(organisation, by, "entered a force", force)
    except IntegrityError:
        raise Refused([shared_refusal_reasons.ThereAlready(name)]) from None
    return force


def _against_name(name: str, kind: str) -> list[Reason]:
    if not name.strip():
        return [shared_refusal_reasons.NoWords("force")]
    return [shared_refusal_reasons.PrivatePerson(name)] if is_private_name(name, kind=kind) else []


def change_force(
    *, force: Force, stance: int, influence: int, strengths: str, limits: str, by: Account
) -> None:
    """Change what we say of a force. A stance that changes is noted with its day, as a move that we judged."""
    with transaction.atomic(using="desk"):
        if stance != force.stance:
            _note_first_stance(force)
            Move.objects.create(force=force, kind=MoveKind.JUDGED, stance=stance, day=timezone.localdate())
        force.stance, force.influence, force.strengths, force.limits = stance, influence, strengths, limits
        force.save(update_fields=["stance", "influence", "strengths", "limits"])
        chain.append_line(force.organisation, by, "changed a force", force)


def _note_first_stance(force: Force) -> None:
    """Note where a force stood since it was entered, before that is changed by hand for the first time.

    A force that the log does not know any more was entered before the log begins, and stood there by then.
    """
    today = timezone.localdate()
    entered = chain.day_of_act(force.organisation, "entered a force", force) or today - chain.REMEMBERED
    if entered < today and not Move.objects.filter(force=force).until_today().exists():
        Move.objects.create(force=force, kind=MoveKind.JUDGED, stance=force.stance, day=entered)


def record_move(
    *,
    force: Force,
    what: str,
    source: str,
    by: Account,
    day: date | None = None,
    stance: int | None = None,
    kind: str = MoveKind.DEED,
    toward: Force | None = None,
    answer: str = "",
) -> Move:
    """Record a move of a force, and its stance since then, if any is given.

    Where the force stands today changes only if no later move until today has a stance; a stance of a day to come
    waits for that day.
    `toward` is the other side of a tie or a rift, `answer` what we say to an offer; other moves have neither.
    """
    texts = {"move": what, "source": source}
    against: list[Reason] = [
        shared_refusal_reasons.NoWords(name) for name, text in texts.items() if not text.strip()
    ]
    if kind in BETWEEN and not _is_another(force, toward):
        against.append(NoOtherSide())
    refuse(against)
    with transaction.atomic(using="desk"):
        move = Move.objects.create(
            force=force,
            what=what.strip(),
            source=source.strip(),
            stance=stance,
            kind=kind,
            toward=toward if kind in BETWEEN else None,
            answer=answer.strip() if kind == MoveKind.OFFER else "",
            day=day or timezone.localdate(),
        )
        if stance is not None and _is_latest(move):
            force.stance = stance
            force.save(update_fields=["stance"])
        chain.append_line(force.organisation, by, "noted a move", force)
    return move


def _is_latest(move: Move) -> bool:
    """True if a move tells where its force stands today: it is not in the future, and none since then has a stance."""
    return Move.objects.filter(force=move.force_id).until_today().first() == move


def apply_moves_of_today(organisation: Organisation) -> None:
    """Let every force stand where its latest move puts it, also a move that was noted before its day.

    Today is the day where the organisation is, as on its pages. Whoever changes a force by hand meanwhile has the last
    word: the forces are held first, and their moves are read once more while nobody else can change them.
    """
    latest = models.Subquery(
        Move.objects.filter(force=models.OuterRef("pk")).until_today().values("stance")[:1]
    )
    forces = Force.objects.filter(organisation=organisation).annotate(latest=latest)
    moved = forces.filter(latest__isnull=False).exclude(latest=models.F("stance"))
    with transaction.atomic(using="desk"):
        held = [force.pk for force in moved.select_for_update(of=("self",))]
        moved.filter(pk__in=held).update(stance=latest)


def _is_another(force: Force, toward: Force | None) -> bool:
    return toward is not None and toward != force and toward.organisation_id == force.organisation_id


def answer_offer(*, move: Move, answer: str, by: Account, instead_of: str = "") -> None:
    """Say what we answer to an offer. Raises Refused where another answer stands than the one in `instead_of`."""
    against: list[Reason] = [] if answer.strip() else [shared_refusal_reasons.NoWords("answer")]
    if move.kind != MoveKind.OFFER:
        against.append(NotAnOffer())
    refuse(against)
    with transaction.atomic(using="desk"):
        move.refresh_from_db(from_queryset=Move.objects.using("desk").select_for_update(of=("self",)))
        if move.answer not in ("", instead_of, answer.strip()):
            raise Refused([AnsweredMeanwhile(move.answer)])
        move.answer = answer.strip()
        move.save(update_fields=["answer"])
        chain.append_line(move.force.organisation, by, "answered an offer", move.force)
