"""What outlasts one turn: who does what, what held before, what was wrong, what takes years, what is given on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.guard.keys import organisation_setup as guard
from massline.desk.learn.corrections import actions as correction_actions
from massline.desk.learn.corrections.models import Correction
from massline.desk.learn.hypotheses import actions as hypothesis_actions
from massline.desk.learn.hypotheses.models import Hypothesis
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.event_numbers import compare_turnout_with_sections
from massline.desk.learn.reviews.models import AfterActionReview, Agreement
from massline.desk.learn.sharing import actions as sharing_actions
from massline.desk.learn.sharing.models import Gift
from massline.desk.learn.similar.past_actions import explain_similarity, find_similar
from massline.desk.people.choices import OrganisationKind
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.learn.past_events import CLAIM, past_event, review_of
from tests.parts import shows


def test_who_does_what_by_when_and_who_was_missing_from_the_room(
    riverside: Organisation, meeting: Event, bea: Account
) -> None:
    event, due = past_event(riverside, "Stall"), timezone.localdate() + timedelta(days=5)
    blocks = {section.name: section.pk for section in riverside.sections.all()}
    sent = {
        "expected": "Eighty",
        "happened": "Ninety",
        "because": "We asked",
        "next_event": meeting.pk,
        f"room_{blocks['Block A']}": "84",
        f"room_{blocks['Block C']}": "6",
        "what_0": "Knock in Block C",
    }
    door = at_desk(bea)
    half = door.post(f"/riverside/learn/events/{event.pk}/", sent).content.decode()
    assert shows(half, "no-owner")
    assert "Knock in Block C" in half
    door.post(f"/riverside/learn/events/{event.pk}/", {**sent, "who_0": bea.pk, "due_0": str(due)})
    review = AfterActionReview.objects.get()
    assert [(one.section, one.standing) for one in compare_turnout_with_sections(review)] == [
        ("Block A", "over"),
        ("Block C", "under"),
    ]
    held = door.get(f"/riverside/learn/events/{event.pk}/").content.decode()
    assert shows(held, "more-than-expected", 12)
    assert "missing" in held
    assert shows(held, "section-missing", "Block C"), "who was missing is not folded away"
    assert "Knock in Block C" in door.get("/riverside/learn/").content.decode()
    door.post(f"/riverside/learn/agreed/{Agreement.objects.get().pk}/done/")
    assert "Knock in Block C" not in door.get("/riverside/learn/").content.decode()


def test_before_the_next_plan_the_three_most_similar_are_shown_and_why(
    riverside: Organisation, meeting: Event, bea: Account, lesson: Lesson
) -> None:
    for title, kind, there in (
        ("Picket at the laundry gate", "action", 30),
        ("Picket at the bakery gate", "action", 400),
        ("Study evening about rent law", "meeting", 12),
        ("Tea in the yard", "meeting", 25),
    ):
        review_of(past_event(riverside, title, kind, there), meeting, bea, change="Begin at six.")
    found = find_similar(riverside, text="A picket at the laundry", kind="action", size=28)
    assert len(found) == 3
    assert found[0].past.title == "Picket at the laundry gate"
    assert found[0].why == explain_similarity(words="laundry, picket", kind=True, size=True)
    assert found[1].past.title == "Picket at the bakery gate"
    assert found[1].why == explain_similarity(words="picket", kind=True)
    by_place = find_similar(riverside, text="We drink tea with newcomers", place="At the gate of Block C")
    assert by_place[0].past.title == "Tea in the yard"
    assert by_place[0].why == explain_similarity(words="tea", place="gate")
    page = at_desk(bea).get("/riverside/learn/before/?text=A picket at the laundry&kind=action&size=28")
    assert "Begin at six." in page.content.decode()
    assert find_similar(riverside, text="", kind="action") == []


def test_the_past_of_sister_chapters_is_their_lessons_and_no_more(
    riverside: Organisation, harbour: Organisation, lesson: Lesson, dina: Account
) -> None:
    assert find_similar(harbour, text="stairwell by stairwell") == []
    lesson.shared_with.add(harbour)
    found = find_similar(harbour, text="stairwell by stairwell")
    assert [(one.past.title, one.past.whose, one.past.change) for one in found] == [
        (CLAIM, "Riverside Tenants", "")
    ]
    page = at_desk(dina).get("/harbour/learn/before/?text=stairwell by stairwell").content.decode()
    assert "Walk to the housing office" not in page


def test_what_was_wrong_has_an_owner_a_day_and_a_right(riverside: Organisation, bea: Account) -> None:
    door, day = at_desk(bea), timezone.localdate() + timedelta(days=1)
    form = {"wrong": "214 letters", "owner": bea.pk, "due_on": str(day)}
    assert shows(door.post("/riverside/learn/corrections/", form).content.decode(), "no-place")
    door.post("/riverside/learn/corrections/", {**form, "where": "The flyer of May"})
    correction = Correction.objects.get()
    door.post(f"/riverside/learn/corrections/{correction.pk}/", {"right": "It was 241 letters."})
    correction.refresh_from_db()
    assert correction.corrected_on == timezone.localdate()
    assert "It was 241 letters." in door.get("/riverside/learn/corrections/").content.decode()


def test_what_a_report_back_said_is_set_right_beside_it_for_everybody(
    riverside: Organisation, face: PublicOrganisation, bea: Account, nobody: DoorClient
) -> None:
    report = ReportBack.objects.create(organisation=face, slug="cold", title="Cold", heard="Cold.")
    stranger = PublicOrganisation.objects.create(uuid=uuid4(), slug="other", name="Other")
    other = ReportBack.objects.create(organisation=stranger, slug="x", title="Theirs", heard="X")
    door, day = at_desk(bea), str(timezone.localdate())
    form = {"wrong": "241 letters", "owner": bea.pk, "due_on": day}
    for chosen, kept in ((other, 0), (report, 1)):
        door.post("/riverside/learn/corrections/", {**form, "report": chosen.pk})
        assert Correction.objects.count() == kept
    address = f"/riverside/learn/corrections/{Correction.objects.get().pk}/"
    for right in ("It was 213.", "It was 214."):
        door.post(address, {"right": right})
    page = nobody.get(report.get_absolute_url()).content.decode()
    assert shows(page, "corrected-on")
    assert "241 letters" in page
    assert ("It was 214." in page, "It was 213." in page) == (True, False)


def test_a_hypothesis_gathers_cited_evidence_and_is_looked_at_again(
    riverside: Organisation, bea: Account, chen: Account, lesson: Lesson
) -> None:
    door, day = at_desk(bea), timezone.localdate() + timedelta(days=200)
    form = {"claim": "Doors beat leaflets", "would_fall": "Three leaflets that fill a hall"}
    door.post("/riverside/learn/questions/", {**form, "review_on": str(day)})
    found = Hypothesis.objects.get()
    address = f"/riverside/learn/questions/{found.pk}/"
    bare = door.post(address, {"speaks_for": "1", "words": "It worked"}).content.decode()
    assert shows(bare, "no-source")
    door.post(address, {"speaks_for": "1", "words": "94 came", "review": lesson.review.pk})
    door.post(address, {"speaks_for": "0", "words": "A leaflet filled it", "source": "Harbour, May"})
    assert shows(door.get("/riverside/learn/questions/").content.decode(), "evidence-count", 1, 1)
    with pytest.raises(ValueError, match="where it can be read"):
        hypothesis_actions.add_evidence(hypothesis=found, speaks_for=True, words="I feel it", by=bea)
    door.post(f"{address}look/", {"verdict": "fell", "review_on": str(day)})
    found.refresh_from_db()
    assert found.verdict == "fell"
    assert at_desk(chen).post(address, {}).status_code == 404


def test_what_is_given_goes_to_those_chosen_and_an_inner_organisation_gives_nothing(
    riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    union, _vault = guard.found_organisation(by=dina, passphrase=PASSPHRASE, name="City", slug="city")
    Organisation.objects.filter(pk__in=[riverside.pk, harbour.pk]).update(parent=union)
    riverside.refresh_from_db()
    form = {"what": "call", "text": "Fix the heat", "address": "https://example.org/call", "to": [harbour.pk]}
    assert at_desk(bea).post("/riverside/learn/give/", form).status_code == 302
    assert "Fix the heat" in at_desk(dina).get("/harbour/learn/").content.decode()
    assert "Fix the heat" not in at_desk(dina).get("/city/learn/").content.decode()
    assert not {field.related_model for field in Gift._meta.get_fields()} & {Contact}
    Organisation.objects.filter(pk=riverside.pk).update(kind=OrganisationKind.INNER)
    riverside.refresh_from_db()
    assert not sharing_actions.list_sharing_partners(riverside).exists()
    refused = at_desk(bea).post("/riverside/learn/give/", form)
    assert (refused.status_code, Gift.objects.count()) == (200, 1)


def test_the_pages_ask_no_more_for_more(riverside: Organisation, meeting: Event, bea: Account) -> None:
    door = at_desk(bea)

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            for path in ("", "before/?text=stall", "questions/", "corrections/"):
                assert door.get(f"/riverside/learn/{path}").status_code == 200
        return len(queries)

    def more() -> None:
        review = review_of(past_event(riverside, "Stall"), meeting, bea)
        Agreement.objects.create(review=review, what="Knock", who=bea, due_on=timezone.localdate())
        found = hypothesis_actions.add_hypothesis(
            organisation=riverside, claim="A", would_fall="B", review_on=timezone.localdate(), by=bea
        )
        hypothesis_actions.add_evidence(hypothesis=found, speaks_for=True, words="C", source="D", by=bea)
        correction_actions.admit_error(
            organisation=riverside, wrong="E", where="F", owner=bea, due_on=timezone.localdate(), by=bea
        )

    more()
    few = asked()
    for _more in range(4):
        more()
    assert asked() == few
