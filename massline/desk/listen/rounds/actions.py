"""Open a listening round and its conversation."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, ResultsShown, WordsShown
from massline.square.organisations.models import PublicOrganisation


def open_round(
    *,
    organisation: Organisation,
    question: str,
    closes_on: date,
    by: Account | None,
    why: str = "",
    sections: list[Section] | None = None,
    seeds: list[str] | None = None,
    shown: str = WordsShown.HELD,
    results: str = ResultsShown.LIVE,
    opens_on: date | None = None,
    channels: list[str] | None = None,
    report_back_to: str = "",
    ask_section: bool = True,
) -> ListeningRound:
    """Open a listening round and, if the organisation has a public page, its conversation on the square."""
    with transaction.atomic(using="desk"):
        round_ = ListeningRound.objects.create(
            organisation=organisation,
            question=question,
            why=why,
            opens_on=opens_on or timezone.localdate(),
            closes_on=closes_on,
            opened_by=by,
            channels=channels or [],
            report_back_to=report_back_to,
        )
        round_.sections.set(sections or list(organisation.sections.all()))
        chain.append_line(organisation, by, "opened a listening round", round_)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            conversation = conversation_actions.open_conversation(
                organisation=face,
                question=question,
                intro=why,
                seeds=seeds or [],
                shown=shown,
                results=results,
                opens_at=max(timezone.now(), start_of_day(round_.opens_on, organisation)),
                closes_at=start_of_day(closes_on + timedelta(days=1), organisation),
                sections=[section.name for section in round_.sections.all()] if ask_section else [],
            )
            round_.conversation = conversation.slug
            round_.save(update_fields=["conversation"])
    return round_


def start_of_day(day: date, organisation: Organisation) -> datetime:
    """The moment at which a day begins in the organisation's time zone."""
    return datetime.combine(day, time.min, tzinfo=organisation.zone)


def conversation_of(round_: ListeningRound) -> Conversation | None:
    """The round's conversation on the square, found by slug since no foreign key joins desk and square."""
    if not round_.conversation:
        return None
    return (
        Conversation.objects.filter(organisation__uuid=round_.organisation.uuid, slug=round_.conversation)
        .select_related("organisation")
        .first()
    )
