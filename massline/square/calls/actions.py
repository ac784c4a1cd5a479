"""Putting calls and events on the square, and keeping them true: a change is told, a cancellation never vanishes.

Every verb can be said twice: rows are found by the uuid that the desk gave them.
"""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from massline.square.calls.changes import Told, what_changed
from massline.square.calls.facts import CallFacts, EventFacts, SponsorFacts, VersionFacts, write_facts
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.sponsors import CallSponsor
from massline.square.calls.states import EventState
from massline.square.calls.versions import PublishedVersion
from massline.square.envelopes import actions as envelopes
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


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
    versions: Sequence[VersionFacts] = (),
    sponsors: Sequence[SponsorFacts] = (),
) -> PublishedCall:
    """Put a call out: its event and its page in one step. The call and its event share one uuid."""
    with transaction.atomic(using="square"):
        public = plan(organisation=organisation, uuid=uuid, facts=event)
        published, made = PublishedCall.objects.get_or_create(
            uuid=uuid,
            defaults={
                "organisation": organisation,
                "event": public,
                "report": report,
                "slug": _free_slug(organisation, call.slogan, uuid),
                **asdict(call),
            },
        )
        if made:
            _set_versions(published, versions, {})
            _set_sponsors(published, sponsors)
    return published


def change(
    *,
    uuid: UUID,
    event: EventFacts,
    call: CallFacts | None = None,
    versions: Sequence[VersionFacts] | None = None,
) -> PublicEvent | None:
    """Bring an event, and the call to it, up to date; say in words what changed and count the calendar on.

    What is told is a change of title, time, place or ask. Other corrections are made in silence, and none
    at all leaves everything as it is. None where the square knows no such event. Versions left out stay as they are.
    """
    with transaction.atomic(using="square"):
        public = PublicEvent.objects.select_for_update().filter(uuid=uuid).first()
        if public is None:
            return None
        published = PublishedCall.objects.filter(event=public).first()
        told = _told_of(public, event, published, call)
        # What was reworded in one language alone is no news: hours and places are the same in all.
        news = _told_in(published, event, versions) if told and published and versions else {}
        write_facts(public, event)
        if told:
            public.sequence += 1
            public.changed_at = timezone.now()
            public.what_changed = told
            public.state = EventState.CHANGED
        public.save()
        envelopes.move(about=uuid, happens_on=timezone.localdate(public.ends_at, public.organisation.zone))
        if published is not None and call is not None:
            write_facts(published, call)
            published.save()
            if versions is not None:
                _set_versions(published, versions, news)
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


def set_sponsors(*, uuid: UUID, sponsors: Sequence[SponsorFacts]) -> None:
    """Say who calls with us now."""
    with transaction.atomic(using="square"):
        published = PublishedCall.objects.filter(uuid=uuid).first()
        if published is not None:
            _set_sponsors(published, sponsors)


def _set_sponsors(published: PublishedCall, sponsors: Sequence[SponsorFacts]) -> None:
    published.sponsors.all().delete()
    faces = PublicOrganisation.objects.in_bulk([one.uuid for one in sponsors if one.uuid], field_name="uuid")
    CallSponsor.objects.bulk_create(
        CallSponsor(call=published, name=one.name, organisation=faces.get(one.uuid) if one.uuid else None)
        for one in sponsors
    )


def _set_versions(published: PublishedCall, versions: Sequence[VersionFacts], told: dict[str, str]) -> None:
    """Keep exactly these languages; what an earlier change said stays where this one says nothing of it."""
    published.versions.exclude(language__in=[one.language for one in versions]).delete()
    before = {one.language: one for one in published.versions.all()}
    for one in versions:
        said = {"what_changed": told[one.language]} if told.get(one.language) else {}
        was = before.get(one.language)
        if was is not None and not said and one.place and not was.place:
            # The new place was told as the original names it, until somebody said it in this language.
            said = {"what_changed": was.what_changed.replace(published.event.place, one.place)[:240]}
        PublishedVersion.objects.update_or_create(
            call=published, language=one.language, defaults={**asdict(one), **said}
        )


def _told_of(
    public: PublicEvent, event: EventFacts, published: PublishedCall | None, call: CallFacts | None
) -> str:
    """Say what is different, in the call's language and the organisation's hours."""
    was, now = (published.ask, call.ask) if published is not None and call is not None else ("", "")
    return what_changed(
        Told(public.starts_at, public.ends_at, public.place, public.title, was),
        Told(event.starts_at, event.ends_at, event.place, event.title, now),
        language=published.language if published else public.organisation.language,
        zone=public.organisation.zone,
    )


def _told_in(published: PublishedCall, event: EventFacts, versions: Sequence[VersionFacts]) -> dict[str, str]:
    """Say the same in each further language; one that is new has nothing to take back."""
    before = {one.language: one for one in published.versions.all()}
    public = published.event
    told = {}
    for new in versions:
        old = before.get(new.language)
        if old is not None:
            told[new.language] = what_changed(
                Told(public.starts_at, public.ends_at, old.place or public.place, old.what, old.ask),
                Told(event.starts_at, event.ends_at, new.place or event.place, new.what, new.ask),
                language=new.language,
                zone=public.organisation.zone,
            )
    return told


def _free_slug(organisation: PublicOrganisation, slogan: str, uuid: UUID) -> str:
    """Give an address made of the slogan; in scripts that have no Latin letters, one made of the uuid."""
    wanted = slugify(slogan)[:48].strip("-") or f"call-{uuid.hex[:6]}"
    taken = PublishedCall.objects.filter(organisation=organisation, slug=wanted).exists()
    return f"{wanted}-{uuid.hex[:6]}" if taken else wanted
