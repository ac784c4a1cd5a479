"""Two people open the same form; what the first saved stays when the second saves something else."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.meetings import actions as meetings
from massline.desk.act.meetings.models import Meeting
from massline.desk.act.structure_tests import actions as structure
from massline.desk.call import actions as calls
from massline.desk.call.models import Call
from massline.desk.decide.assessments import actions as assessments
from massline.desk.decide.forces.models import Force
from massline.desk.decide.motions import actions as motions
from massline.desk.decide.plans.forms import ReadinessForm
from massline.desk.decide.plans.models import Readiness, Safeguard
from massline.desk.listen.rounds import actions as listen
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims import actions as claims
from massline.square.calls.models import PublishedCall
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import decide, plan_meeting, write_call
from tests.open_forms import Values, open_form
from tests.parts import shows


@dataclass(frozen=True)
class EditPage:
    """A page with a form, where it sends to, and two fields with a value that each editor puts there."""

    address: str
    first: tuple[str, str]
    second: tuple[str, str]
    send_to: str = ""

    def open(self, door: DoorClient) -> Values:
        page = door.get(self.address)
        assert page.status_code == 200, self.address
        return open_form(page.content.decode(), self.first[0])

    def send(self, door: DoorClient, form: Values) -> str:
        """Send the form and return the page that comes of it."""
        answer = door.post(self.send_to or self.address, form, follow=True)
        assert answer.status_code in {200, 422}, answer.status_code
        return answer.content.decode()

    def stored(self, door: DoorClient, name: str) -> str:
        return "\n".join(self.open(door).get(name, [""])).replace("\r\n", "\n")


def _call(org: Organisation, by: Account) -> EditPage:
    call = write_call(decide(org, by), by)
    calls.publish_call(call=call, by=by)
    page = f"/riverside/call/{call.pk}/change/"
    return EditPage(page, ("place", "Town Hall steps"), ("bring", "A cushion"))


def _event(org: Organisation, by: Account) -> EditPage:
    page = f"/riverside/act/{plan_meeting(org, by).pk}/change/"
    return EditPage(page, ("place", "The big hall"), ("about", "The boilers"))


def _section(org: Organisation, by: Account) -> EditPage:
    page = f"/riverside/people/sections/{Section.objects.filter(organisation=org)[0].pk}/"
    return EditPage(page, ("name", "Block Z"), ("headcount", "77"))


def _conversation(org: Organisation, by: Account) -> EditPage:
    page = f"/riverside/listen/{_open_round(org, by).pk}/conversation/"
    return EditPage(page, ("closes_on", f"{timezone.localdate().year + 1}-02-03"), ("results", "sealed"))


def _sum_up(org: Organisation, by: Account) -> EditPage:
    page = f"/riverside/sum-up/{_begin(org, by)}/"
    about = f"{page}about/"
    return EditPage(page, ("heard", "It is cold."), ("unknown", "Who mends it."), about)


def _agenda_item(org: Organisation, by: Account) -> EditPage:
    event = plan_meeting(org, by)
    item = meetings.add_agenda_item(
        meeting=Meeting.objects.get_or_create(event=event)[0], by=by, title="Boilers", minutes=10, who=""
    )
    page = f"/riverside/act/{event.pk}/meeting/items/{item.pk}/"
    return EditPage(page, ("minute", "We go on Monday."), ("title", "Boilers and letters"))


def _force(org: Organisation, by: Account) -> EditPage:
    force = Force.objects.create(
        organisation=org, name="Housing office", kind="office", stance=3, influence=2
    )
    page = f"/riverside/decide/forces/{force.pk}/"
    return EditPage(
        page, ("strengths", "It has the keys."), ("limits", "It fears the press."), f"{page}change/"
    )


def _conclusion(org: Organisation, by: Account) -> EditPage:
    assessment = assessments.begin_assessment(organisation=org, question="Is it time to go?", by=by)
    page = f"/riverside/decide/time/{assessment.pk}/"
    return EditPage(page, ("conclusion", "It is."), ("dissent", "Chen: not yet."))


def _tallies(org: Organisation, by: Account) -> EditPage:
    motion = motions.put_motion(
        organisation=org, text="We go.", meeting="Mass meeting", rule="majority", quorum=0, by=by
    )
    page = f"/riverside/decide/motions/{motion.pk}/"
    return EditPage(page, ("hands_in_favour", "40"), ("paper_in_favour", "7"))


def _structure_test(org: Organisation, by: Account) -> EditPage:
    today = timezone.localdate()
    test = structure.create_structure_test(
        organisation=org, deed="Wear the badge", begins_on=today, ends_on=today, strong_percent=65, by=by
    )
    one, two = Section.objects.filter(organisation=org)[:2]
    page = f"/riverside/act/structure/{test.pk}/"
    return EditPage(page, (f"section_{one.pk}", "1"), (f"section_{two.pk}", "2"))


def _call_settings(org: Organisation, by: Account) -> EditPage:
    return EditPage("/riverside/call/how/", ("legal_number", "030 111"), ("rights", "Say nothing."))


def _slots(org: Organisation, by: Account) -> EditPage:
    page = f"/riverside/act/{plan_meeting(org, by).pk}/"
    return EditPage(page, ("slots", "Stewards, 6"), ("slots", "Stewards, 4\nTea, 2"), f"{page}slots/")


MakePage = Callable[[Organisation, Account], EditPage]
PAGES: list[MakePage] = [
    _call, _event, _section, _conversation, _sum_up, _agenda_item, _force, _conclusion, _tallies,
    _structure_test, _call_settings,
]  # fmt: skip


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__.strip("_"))
def test_changes_of_two_fields_are_both_kept(
    make: MakePage, riverside: Organisation, amal: Account, bea: Account
) -> None:
    page = make(riverside, bea)
    one, two = at_desk(amal), at_desk(bea)
    hers, his = page.open(two), page.open(one)
    his[page.first[0]] = [page.first[1]]
    hers[page.second[0]] = [page.second[1]]
    page.send(one, his)
    told = page.send(two, hers)
    assert shows(told, "joined")
    assert page.stored(one, page.first[0]) == page.first[1]
    assert page.stored(one, page.second[0]) == page.second[1]


@pytest.mark.parametrize("make", [*PAGES, _slots], ids=lambda make: make.__name__.strip("_"))
def test_two_texts_of_one_field_stand_side_by_side_until_the_second_decides(
    make: MakePage, riverside: Organisation, amal: Account, bea: Account
) -> None:
    page = make(riverside, bea)
    one, two = at_desk(amal), at_desk(bea)
    name, theirs = page.first
    mine = page.second[1] if page.second[0] == name else _another(theirs)
    hers, his = page.open(two), page.open(one)
    his[name], hers[name] = [theirs], [mine]
    page.send(one, his)
    refused = page.send(two, hers)
    assert shows(refused, "changed-meanwhile")
    assert page.stored(one, name) == theirs
    again = open_form(refused, name)
    assert again[name][0].replace("\r\n", "\n") == mine
    assert not shows(page.send(two, again), "changed-meanwhile")
    assert page.stored(one, name) == mine


def _another(text: str) -> str:
    if text.isdecimal():
        return str(int(text) + 1)
    return text.replace("-03", "-04") if text.endswith("-03") else f"{text} And more."


def test_the_square_is_told_only_what_somebody_meant(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    page = _call(riverside, bea)
    hers = page.open(at_desk(bea))
    his = page.open(at_desk(amal))
    page.send(at_desk(amal), his | {"place": ["Town Hall steps"]})
    announced = PublishedCall.objects.get().event.what_changed
    page.send(at_desk(bea), hers | {"bring": ["A cushion"]})
    published = PublishedCall.objects.get()
    assert published.event.place == "Town Hall steps"
    assert published.bring == "A cushion"
    assert published.event.what_changed in {announced, ""}


def test_the_second_reads_who_changed_it(riverside: Organisation, amal: Account, bea: Account) -> None:
    page = _call(riverside, bea)
    hers = page.open(at_desk(bea))
    page.send(at_desk(amal), page.open(at_desk(amal)) | {"place": ["Town Hall steps"]})
    refused = page.send(at_desk(bea), hers | {"place": ["The bridge"]})
    assert "amal changed this" in refused
    assert "Town Hall steps" in refused
    assert Call.objects.get().place == "Town Hall steps"


def test_a_refusal_for_another_reason_shows_what_was_joined(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    page = _event(riverside, bea)
    hers = page.open(at_desk(bea))
    page.send(at_desk(amal), page.open(at_desk(amal)) | {"place": ["The big hall"]})
    refused = page.send(at_desk(bea), hers | {"about": ["The boilers"], "title": [""]})
    again = open_form(refused, "place")
    assert again["place"] == ["The big hall"]
    page.send(at_desk(bea), again | {"title": ["Mass meeting"]})
    assert page.stored(at_desk(bea), "place") == "The big hall"
    assert page.stored(at_desk(bea), "about") == "The boilers"


def _open_round(org: Organisation, by: Account) -> ListeningRound:
    return listen.open_round(
        organisation=org,
        question="What about the heating?",
        closes_on=timezone.localdate().replace(year=timezone.localdate().year + 1),
        by=by,
        seeds=["Heat for all."],
    )


def _begin(org: Organisation, by: Account) -> int:
    return claims.begin_sum_up(round_=_open_round(org, by), title="Cold", by=by).pk


def test_the_version_of_a_form_asks_the_database_nothing_for_each_choice(
    riverside: Organisation, bea: Account
) -> None:
    readiness = [Readiness(safeguard=name, owner=bea) for name, _label in Safeguard.choices]
    form = ReadinessForm(readiness=readiness, organisation=riverside)
    with CaptureQueriesContext(connections["desk"]) as queries:
        assert form.version_field
    assert len(queries) == 0
