"""Putting calls and events on the square, and keeping them true: a change is told, a cancellation never vanishes.

Every verb can be said twice: rows are found by the uuid that the desk gave them.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from massline.square.calls.models import EventState, PublicEvent, PublishedCall
from massline.square.envelopes import actions as envelopes
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from massline.web.templatetags.massline import when


@dataclass(frozen=True)
class EventFacts:
    """What, when, where: what everybody who comes must know."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str = ""
    access: str = ""


@dataclass(frozen=True)
class CallFacts:
    """The slogan, the one ask, and who calls."""

    slogan: str
    ask: str
    called_by: str
    why: str = ""
    bring: str = ""
    language: str = "en"


def plan(*, organisation: PublicOrganisation, uuid: UUID, facts: EventFacts) -> PublicEvent:
    """Show an event on the square. Said twice, it is there once."""
    with transaction.atomic(using="square"):
        event, _made = PublicEvent.objects.get_or_create(
            uuid=uuid, defaults={"organisation": organisation, **asdict(facts)}
        )
    return event


def publish(
    *,
    organisation: PublicOrganisation,
    uuid: UUID,
    event: EventFacts,
    call: CallFacts,
    report: ReportBack | None = None,
) -> PublishedCall:
    """Put a call out: its event and its page in one step. The call and its event share one uuid."""
    with transaction.atomic(using="square"):
        public = plan(organisation=organisation, uuid=uuid, facts=event)
        published, _made = PublishedCall.objects.get_or_create(
            uuid=uuid,
            defaults={
                "organisation": organisation,
                "event": public,
                "report": report,
                "slug": _free_slug(organisation, call.slogan, uuid),
                **asdict(call),
            },
        )
    return published


def change(*, uuid: UUID, event: EventFacts, call: CallFacts | None = None) -> PublicEvent | None:
    """Bring an event, and the call to it, up to date; say in words what changed and count the calendar on.

    What is told is a change of title, time, place or ask. Other corrections are made in silence, and none
    at all leaves everything as it is. None where the square knows no such event.
    """
    with transaction.atomic(using="square"):
        public = PublicEvent.objects.select_for_update().filter(uuid=uuid).first()
        if public is None:
            return None
        published = PublishedCall.objects.filter(event=public).first()
        told = _what_changed(public, event, published, call)
        for name, value in asdict(event).items():
            setattr(public, name, value)
        if told:
            public.sequence += 1
            public.changed_at = timezone.now()
            public.what_changed = told
            public.state = EventState.CHANGED
        public.save()
        envelopes.move(about=uuid, happens_on=timezone.localdate(public.ends_at, public.organisation.zone))
        if published is not None and call is not None:
            for name, value in asdict(call).items():
                setattr(published, name, value)
            published.save()
    return public


def cancel(*, uuid: UUID, reason: str = "") -> PublicEvent | None:
    """Call an event off. Its page stays and says so; the calendar hears it too."""
    with transaction.atomic(using="square"):
        public = PublicEvent.objects.select_for_update().filter(uuid=uuid).first()
        if public is None or public.is_cancelled:
            return public
        public.state = EventState.CANCELLED
        public.sequence += 1
        public.changed_at = timezone.now()
        public.what_changed = reason[:240]
        public.save()
    return public


def write_outcome(*, uuid: UUID, outcome: str) -> None:
    """Say beside a call what came of it."""
    PublishedCall.objects.filter(uuid=uuid).update(outcome=outcome)


def _what_changed(
    public: PublicEvent, event: EventFacts, published: PublishedCall | None, call: CallFacts | None
) -> str:
    """Say what is different, in the call's language and the organisation's hours; new first, old after it."""
    language = published.language if published else public.organisation.language
    with translation.override(language), timezone.override(public.organisation.zone):
        said = []
        if event.starts_at != public.starts_at:
            said.append(
                _("Now %(new)s, no longer %(old)s.") % _pair(when(event.starts_at), when(public.starts_at))
            )
        elif event.ends_at != public.ends_at:
            said.append(_("Now until %(new)s.") % {"new": when(event.ends_at)})
        if event.place != public.place:
            said.append(_("Now at %(new)s, no longer at %(old)s.") % _pair(event.place, public.place))
        if event.title != public.title:
            said.append(_("Now: %(new)s.") % {"new": event.title})
        if published is not None and call is not None and call.ask != published.ask:
            said.append(_("The ask is now: %(new)s") % {"new": call.ask})
    told = " ".join(said)
    return told if len(told) <= 240 else f"{told[:239]}…"


def _pair(new: str, old: str) -> dict[str, str]:
    return {"new": new, "old": old}


def _free_slug(organisation: PublicOrganisation, slogan: str, uuid: UUID) -> str:
    """Give an address made of the slogan; in scripts that have no Latin letters, one made of the uuid."""
    wanted = slugify(slogan)[:48].strip("-") or f"call-{uuid.hex[:6]}"
    taken = PublishedCall.objects.filter(organisation=organisation, slug=wanted).exists()
    return f"{wanted}-{uuid.hex[:6]}" if taken else wanted
