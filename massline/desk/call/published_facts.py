"""Facts of a call as they are published: those of its event, of the call itself, of each further language and of co-sponsors."""

from massline.desk.call.models import Call
from massline.square.calls.facts import CallFacts, EventFacts, SponsorFacts, TranslationFacts, facts_of
from massline.square.calls.states import EventKind


def event_facts(call: Call) -> EventFacts:
    if call.starts_at is None or call.ends_at is None:
        raise ValueError("A call without its hours has no facts to publish.")
    kind = EventKind.MASS_MEETING if call.mass_meeting else EventKind.ACTION
    return facts_of(EventFacts, call, kind=kind, title=call.what, about=call.why)


def call_facts(call: Call) -> CallFacts:
    return facts_of(CallFacts, call)


def translation_facts(call: Call) -> list[TranslationFacts]:
    """Facts of each translation that has a slogan, an action and an ask; others are not published yet."""
    translations = [translation.facts for translation in call.translations.all()]
    return [facts for facts in translations if facts.slogan and facts.what and facts.ask]


def sponsor_facts(call: Call) -> list[SponsorFacts]:
    """Co-sponsors that agreed; an organisation without a public page is named without a link."""
    agreed = call.sponsors.exclude(agreed_on=None)
    return [SponsorFacts(sponsor.name, sponsor.organisation_uuid) for sponsor in agreed]
