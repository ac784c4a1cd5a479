"""Publishing calls and events on the square and keeping them up to date.

Rows are found by the uuid that the desk gave them, so that repeating an action changes nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from massline.square.calls.change_sentences import AnnouncedFacts, describe_changes
from massline.square.calls.facts import CallFacts, EventFacts, SponsorFacts, TranslationFacts, set_facts
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.sponsors import CallSponsor
from massline.square.calls.states import EventState
from massline.square.calls.translations import PublishedTranslation
from massline.square.envelopes import actions as envelopes
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


def publish_event(*, organisation: PublicOrganisation, uuid: UUID, facts: EventFacts) -> PublicEvent:
    """Publish an event on the square. Repeating it changes nothing."""
    with transaction.atomic(using="square"):
        event, _created = PublicEvent.objects.get_or_create(
            uuid=uuid, defaults={"organisation": organisation, **asdict(facts)}
        )
    return event


def publish_call(
    *,
    organisation: PublicOrganisation,
    uuid: UUID,
    event: EventFacts,
    call: CallFacts,
    report: ReportBack | None = None,
    translations: Sequence[TranslationFacts] = (),
    sponsors: Sequence[SponsorFacts] = (),
) -> PublishedCall:
    """Publish a call together with its event; both bear the same uuid. Repeating it changes nothing."""
    with transaction.atomic(using="square"):
        public = publish_event(organisation=organisation, uuid=uuid, facts=event)
        published, created = PublishedCall.objects.get_or_create(
            uuid=uuid,
            defaults={
                "organisation": organisation,
                "event": public,
                "report": report,
                "slug": _free_slug(organisation, call.slogan, uuid),
                **asdict(call),
            },
        )
        if created:
            _set_versions(published, translations, {})
            _set_sponsors(published, sponsors)
    return published


def update_event(
    *,
    uuid: UUID,
    event: EventFacts,
    call: CallFacts | None = None,
    translations: Sequence[TranslationFacts] | None = None,
) -> PublicEvent | None:
    """Bring an event and the call to it up to date, describe what changed and raise the calendar's SEQUENCE.

    A change of title, time, place or ask is described; other corrections are made silently. Without any change
    everything stays as it is. Returns None if the square has no such event. `translations=None` keeps the translations.
    """
    with transaction.atomic(using="square"):
        public = PublicEvent.objects.select_for_update().filter(uuid=uuid).first()
        if public is None:
            return None
        published = PublishedCall.objects.filter(event=public).first()
        announcement = _describe_event_changes(public, event, published, call)
        # What was reworded in one language alone is no news: hours and places are the same in all.
        news = (
            _describe_version_changes(published, event, translations)
            if announcement and published and translations
            else {}
        )
        set_facts(public, event)
        if announcement:
            public.sequence += 1
            public.changed_at = timezone.now()
            public.what_changed = announcement
            public.state = EventState.CHANGED
        public.save()
        envelopes.follow_moved_event(
            about=uuid, happens_on=timezone.localdate(public.ends_at, public.organisation.zone)
        )
        if published is not None and call is not None:
            set_facts(published, call)
            published.save()
            if translations is not None:
                _set_versions(published, translations, news)
    return public


def cancel_event(*, uuid: UUID, reason: str = "") -> PublicEvent | None:
    """Cancel an event. Its page and its calendar entry stay and say so."""
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
    """Write on the call's page what came of it."""
    PublishedCall.objects.filter(uuid=uuid).update(outcome=outcome)


def set_sponsors(*, uuid: UUID, sponsors: Sequence[SponsorFacts]) -> None:
    """Replace the co-sponsors of a call."""
    with transaction.atomic(using="square"):
        published = PublishedCall.objects.filter(uuid=uuid).first()
        if published is not None:
            _set_sponsors(published, sponsors)


def _set_sponsors(published: PublishedCall, sponsors: Sequence[SponsorFacts]) -> None:
    published.sponsors.all().delete()
    faces = PublicOrganisation.objects.in_bulk(
        [sponsor.uuid for sponsor in sponsors if sponsor.uuid], field_name="uuid"
    )
    CallSponsor.objects.bulk_create(
        CallSponsor(
            call=published, name=sponsor.name, organisation=faces.get(sponsor.uuid) if sponsor.uuid else None
        )
        for sponsor in sponsors
    )


def _set_versions(
    published: PublishedCall, translations: Sequence[TranslationFacts], changes: dict[str, str]
) -> None:
    """Replace the translations of a call; an earlier description of a change stays unless there is a new one."""
    published.translations.exclude(
        language__in=[translation.language for translation in translations]
    ).delete()
    published_before = {translation.language: translation for translation in published.translations.all()}
    for translation in translations:
        description = (
            {"what_changed": changes[translation.language]} if changes.get(translation.language) else {}
        )
        before = published_before.get(translation.language)
        # An online event may have no place, and no words would be found between any two letters.
        is_named = bool(translation.place and published.event.place)
        if before is not None and not description and is_named and not before.place:
            # The change was described with the original's place, until a person named the new place in this language.
            description = {
                "what_changed": before.what_changed.replace(published.event.place, translation.place)[:240]
            }
        PublishedTranslation.objects.update_or_create(
            call=published, language=translation.language, defaults={**asdict(translation), **description}
        )


def _describe_event_changes(
    public: PublicEvent, event: EventFacts, published: PublishedCall | None, call: CallFacts | None
) -> str:
    """Describe what changed, in the call's language and the organisation's zone."""
    ask_before, ask = (published.ask, call.ask) if published is not None and call is not None else ("", "")
    return describe_changes(
        AnnouncedFacts(
            public.starts_at, public.ends_at, public.place, public.title, ask_before, public.joining
        ),
        AnnouncedFacts(event.starts_at, event.ends_at, event.place, event.title, ask, event.joining),
        language=published.language if published else public.organisation.language,
        zone=public.organisation.zone,
    )


def _describe_version_changes(
    published: PublishedCall, event: EventFacts, translations: Sequence[TranslationFacts]
) -> dict[str, str]:
    """Describe what changed in each further language that was published before."""
    before = {translation.language: translation for translation in published.translations.all()}
    public = published.event
    changes = {}
    for new in translations:
        old = before.get(new.language)
        if old is not None:
            changes[new.language] = describe_changes(
                AnnouncedFacts(
                    public.starts_at,
                    public.ends_at,
                    old.place or public.place,
                    old.what,
                    old.ask,
                    public.joining,
                ),
                AnnouncedFacts(
                    event.starts_at, event.ends_at, new.place or event.place, new.what, new.ask, event.joining
                ),
                language=new.language,
                zone=public.organisation.zone,
            )
    return changes


def _free_slug(organisation: PublicOrganisation, slogan: str, uuid: UUID) -> str:
    """Return a slug made of the slogan, or of the uuid if the slogan has no Latin letters."""
    wanted = slugify(slogan)[:48].strip("-") or f"call-{uuid.hex[:6]}"
    taken = PublishedCall.objects.filter(organisation=organisation, slug=wanted).exists()
    return f"{wanted}-{uuid.hex[:6]}" if taken else wanted
