"""A call or an event as linked data (JSON-LD, schema.org Event), for calendars and search engines that read it."""

from massline.square.calls.localized import every, fact_lines, original
from massline.square.calls.models import PublicEvent
from massline.web.absolute_urls import public


def status(event: PublicEvent) -> str:
    if event.is_cancelled:
        return "https://schema.org/EventCancelled"
    return "https://schema.org/EventRescheduled" if event.is_changed else "https://schema.org/EventScheduled"


def linked(event: PublicEvent) -> dict[str, object]:
    """Say what, when and where as schema.org does: hours with their offset, names in every language they were written in."""
    organisation, call = event.organisation, getattr(event, "call", None)
    lines = (
        fact_lines(original(call), call.language) if call else fact_lines(event.facts, organisation.language)
    )
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": event.uuid.urn,
        "name": call.slogan if call else event.title,
        "description": "\n".join(
            part for part in (event.what_changed, event.title, event.about, *lines) if part
        ),
        "startDate": event.starts_at.astimezone(organisation.zone).isoformat(),
        "endDate": event.ends_at.astimezone(organisation.zone).isoformat(),
        "eventStatus": status(event),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "Place", "name": event.place, "address": event.place},
        "organizer": _organisation(organisation.name, public(organisation.get_absolute_url())),
        "url": public(event.get_absolute_url()),
    }
    if call is None:
        return said | {"inLanguage": organisation.language}
    said["inLanguage"] = [words.language for words in every(call)]
    said["alternateName"] = [
        {"@value": words.slogan, "@language": words.language}
        for words in every(call)
        if not words.is_original
    ]
    said["image"] = public(call.get_picture_url())
    said["sponsor"] = [
        _organisation(one.name, public(one.organisation.get_absolute_url()) if one.organisation else "")
        for one in call.sponsors.select_related("organisation")
    ]
    return {name: value for name, value in said.items() if value not in ([], "")}


def _organisation(name: str, address: str) -> dict[str, str]:
    found = {"@type": "Organization", "name": name}
    return found | {"url": address} if address else found
