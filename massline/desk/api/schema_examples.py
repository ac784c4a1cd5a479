"""Examples for the API's description, one for each schema."""

from datetime import UTC, datetime

from pydantic import JsonValue, TypeAdapter

from massline.desk.call.call_draft import CallDraft
from massline.square.calls.facts import EventFacts, Facts

Example = dict[str, JsonValue]


def example_of(facts: Facts) -> Example:
    """Facts as they are written in JSON; those left out here are shown empty."""
    example: Example = TypeAdapter(type(facts)).dump_python(facts, mode="json")
    return example


CALL: Example = {
    "id": "0b7c1d58-52cb-4b0e-9a51-3f2f0f6f2a11",
    "state": "live",
    "url": "https://square.example.org/riverside/calls/fix-the-heat-before-the-frost/",
    **example_of(
        CallDraft(
            slogan="Fix the heat before the frost",
            what="We walk to the housing office",
            ask="Come with your letter",
            why="Three winters without a date.",
            bring="Your letter, a warm coat",
            starts_at=datetime(2026, 11, 12, 11, tzinfo=UTC),
            ends_at=datetime(2026, 11, 12, 13, tzinfo=UTC),
            place="Harbour Square, by the clock",
            access="No steps on the way",
            called_by="Riverside Tenants, decided by the mass meeting",
            language="en",
        )
    ),
}
EVENT: Example = {
    "id": "5a1f6b0e-8a53-4f39-8d0f-9b7a3c8f4e22",
    **example_of(
        EventFacts(
            kind="mass_meeting",
            title="Mass meeting",
            starts_at=datetime(2026, 11, 27, 18, 30, tzinfo=UTC),
            ends_at=datetime(2026, 11, 27, 20, 30, tzinfo=UTC),
            place="Harbour Hall",
            access="No steps; interpreters for Arabic and Spanish",
        )
    ),
    "cancelled": False,
    "headcount": None,
    "url": "https://square.example.org/riverside/events/5a1f6b0e-8a53-4f39-8d0f-9b7a3c8f4e22/",
}
REPORT: Example = {
    "id": "9d2c3e4f-1b6a-4c7d-8e9f-0a1b2c3d4e5f",
    "title": "What five blocks said about the heating",
    "kind": "heard",
    "heard": "People want a date on paper more than they want a fight.",
    "unknown": "We spoke to nobody who works nights.",
    "next_step": "The mass meeting decides on one demand.",
    "rests_on": {"voices": 20, "participants": 205, "votes": 2731},
    "published_on": "2026-11-04",
    "url": "https://square.example.org/riverside/said/what-five-blocks-said-about-the-heating/",
}
DECISION: Example = {
    "id": 7,
    "title": "We go together and hand over one demand",
    "why": "It unites all five blocks.",
    "dissent": "Twelve wanted to hold back rent at once.",
    "forecast": "Eighty to a hundred and twenty come.",
    "in_favour": 83,
    "against": 12,
    "abstained": 4,
    "decided_on": "2026-11-05",
    "review_on": "2027-01-04",
}
LESSON: Example = {
    "id": "c4d5e6f7-8091-4a2b-b3c4-d5e6f7081920",
    "claim": "A demand that can be checked brings people who would not come for a fight.",
    "context": "Five blocks, eight weeks before frost.",
    "evidence": "94 came where 80 to 120 were expected.",
    "confidence": "once",
}
RESULT: Example = {
    "kind": "structure test",
    "title": "Hang the blue cloth from your window",
    "day": "2026-11-13",
    "total": None,
    "imported": 0,
    "sections": [
        {"section": "Block A", "count": 130, "of": 210},
        {"section": "Gate", "count": None, "of": None},
    ],
}
CONVERSATION: Example = {
    "question": "What should change about the heating?",
    "language": "en",
    "open": False,
    "people": 205,
    "votes": 2731,
    "statements": [
        {
            "number": 4,
            "text": "The landlord should give every boiler a repair date, in writing.",
            "language": "en",
            "agree": 133,
            "disagree": 9,
            "passed": 11,
            "likely_agree": [0.807, 0.916],
            "unites": True,
        }
    ],
    "url": "https://square.example.org/riverside/c/change-heating/results/",
}
CLAIM: Example = {
    "id": "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
    "report_back": "9d2c3e4f-1b6a-4c7d-8e9f-0a1b2c3d4e5f",
    "text": "Nearly everybody wants a repair date for every boiler, in writing.",
    "minority": False,
    "quotes": 3,
    "heard_right": 9,
    "partly": 2,
    "not_heard": 1,
    "url": "https://square.example.org/riverside/said/what-five-blocks-said-about-the-heating/#claim-1",
}
FIELD_REPORT: Example = {
    "id": "2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901",
    "round": 2,
    "section": "Block C",
    "channel": "door",
    "mood": 3,
    "people": 2,
    "steps": [0, 1, 1, 0, 0],
    "day": "2026-11-20",
    "voices": [{"text": "My girl does her homework in her coat.", "kind": "said", "language": "en"}],
}
FIELD_REPORT_KEPT: Example = {"id": "2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901", "voices": 1}
PROBLEM: Example = {"detail": "This key has no scope “heard”."}
TOO_OFTEN: Example = {
    "detail": "Too many requests. Nothing was kept. Ask again in 3 s; 120 a minute are answered.",
    "seconds": 3,
}
