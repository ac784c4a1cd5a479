"""What the square is told of a call: the facts as they stand at the desk, in every language, and who calls with us."""

from massline.desk.call.models import Call
from massline.square.calls.facts import CallFacts, EventFacts, SponsorFacts, VersionFacts
from massline.square.calls.models import EventKind


def event_facts(call: Call) -> EventFacts:
    if call.starts_at is None or call.ends_at is None:
        raise ValueError("A call without its hours has no facts to publish.")
    return EventFacts(
        kind=EventKind.MASS_MEETING if call.mass_meeting else EventKind.ACTION,
        title=call.what,
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        place=call.place,
        about=call.why,
        access=call.access,
    )


def call_facts(call: Call) -> CallFacts:
    return CallFacts(
        slogan=call.slogan,
        ask=call.ask,
        called_by=call.called_by,
        why=call.why,
        bring=call.bring,
        language=call.language,
    )


def version_facts(call: Call) -> list[VersionFacts]:
    """Every further language that says enough; one with no slogan, deed or ask waits at the desk."""
    return [
        VersionFacts(
            language=one.language,
            slogan=one.slogan,
            what=one.what,
            ask=one.ask,
            why=one.why,
            bring=one.bring,
            place=one.place,
            access=one.access,
        )
        for one in call.versions.all()
        if one.slogan and one.what and one.ask
    ]


def sponsor_facts(call: Call) -> list[SponsorFacts]:
    """Who agreed. An organisation that shows itself nowhere is named, and has no page."""
    agreed = call.sponsors.exclude(agreed_on=None)
    return [SponsorFacts(one.name, one.organisation_uuid) for one in agreed]
