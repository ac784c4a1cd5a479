"""Events as linked data (JSON-LD, schema.org Event) for calendars and search engines."""

from massline.core.time_zones import in_zone
from massline.square.calls.localized_call import all_wordings, fact_lines, original_wording
from massline.square.calls.models import PublicEvent
from massline.square.calls.states import Joining
from massline.web.absolute_urls import public_url

ATTENDANCE_MODES: dict[str, str] = {
    Joining.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Joining.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Joining.MIXED: "https://schema.org/MixedEventAttendanceMode",
}


def schema_status(event: PublicEvent) -> str:
    """The state of an event in the terms of schema.org."""
    if event.is_cancelled:
        return "https://schema.org/EventCancelled"
    return "https://schema.org/EventRescheduled" if event.is_changed else "https://schema.org/EventScheduled"


def event_json_ld(event: PublicEvent) -> dict[str, object]:
    """Describe an event in the terms of schema.org, with slogans in every language they were written in."""
    organisation, call = event.organisation, getattr(event, "call", None)
    lines = (
        fact_lines(original_wording(call), call.language)
        if call
        else fact_lines(event.facts, organisation.language)
    )
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": event.uuid.urn,
        "name": call.slogan if call else event.title,
        "description": "\n".join(
            part for part in (event.what_changed, event.title, event.about, *lines) if part
        ),
        "startDate": in_zone(event.starts_at, organisation.zone).isoformat(),
        "endDate": in_zone(event.ends_at, organisation.zone).isoformat(),
        "eventStatus": schema_status(event),
        "eventAttendanceMode": ATTENDANCE_MODES.get(event.joining, ATTENDANCE_MODES[Joining.IN_PERSON]),
        "isAccessibleForFree": True,
        "location": _location(event),
        "organizer": _organisation(organisation.name, public_url(organisation.get_absolute_url())),
        "url": public_url(event.get_absolute_url()),
    }
    if call is None:
        return document | {"inLanguage": organisation.language}
    document["inLanguage"] = [words.language for words in all_wordings(call)]
    document["alternateName"] = [
        {"@value": words.slogan, "@language": words.language}
        for words in all_wordings(call)
        if not words.is_original
    ]
    document["image"] = public_url(call.get_picture_url())
    document["sponsor"] = [
        _organisation(
            sponsor.name, public_url(sponsor.organisation.get_absolute_url()) if sponsor.organisation else ""
        )
        for sponsor in call.sponsors.select_related("organisation")
    ]
    return {name: value for name, value in document.items() if value not in ([], "")}


def _location(event: PublicEvent) -> object:
    """A room, the page where one signs up for the link, or both."""
    room = {"@type": "Place", "name": event.place, "address": event.place}
    online = {"@type": "VirtualLocation", "url": public_url(event.get_absolute_url())}
    if event.joining == Joining.ONLINE:
        return online
    return [room, online] if event.joining == Joining.MIXED else room


def _organisation(name: str, address: str) -> dict[str, str]:
    organisation = {"@type": "Organization", "name": name}
    return organisation | {"url": address} if address else organisation
