"""What the square is told of a call: the facts as they stand at the desk, in every language, and who calls with us."""

from massline.desk.call.models import Call
from massline.square.calls.facts import CallFacts, EventFacts, SponsorFacts, VersionFacts, facts_of
from massline.square.calls.states import EventKind


def event_facts(call: Call) -> EventFacts:
    if call.starts_at is None or call.ends_at is None:
        raise ValueError("A call without its hours has no facts to publish.")
    kind = EventKind.MASS_MEETING if call.mass_meeting else EventKind.ACTION
    return facts_of(EventFacts, call, kind=kind, title=call.what, about=call.why)


def call_facts(call: Call) -> CallFacts:
    return facts_of(CallFacts, call)


def version_facts(call: Call) -> list[VersionFacts]:
    """Every further language that says enough; one with no slogan, deed or ask waits at the desk."""
    versions = [version.facts for version in call.versions.all()]
    return [facts for facts in versions if facts.slogan and facts.what and facts.ask]


def sponsor_facts(call: Call) -> list[SponsorFacts]:
    """Who agreed. An organisation that shows itself nowhere is named, and has no page."""
    agreed = call.sponsors.exclude(agreed_on=None)
    return [SponsorFacts(one.name, one.organisation_uuid) for one in agreed]
