"""Opening a round, writing down what was heard, reading what people wrote on the square."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.coverage import section_coverage
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice
from massline.desk.people.models import Account, Organisation
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, Statement
from tests.conftest import at_desk
from tests.parts import shows


@pytest.fixture
def heating(riverside: Organisation, bea: Account, tomorrow: date) -> ListeningRound:
    return actions.open_round(
        organisation=riverside,
        question="What should change about the heating?",
        closes_on=tomorrow,
        by=bea,
        seeds=["The landlord should say what the boiler costs."],
    )


def report(round_: ListeningRound, section: str, text: str, **fields: object) -> dict[str, object]:
    chosen = round_.sections.get(name=section)
    form = {"uuid": uuid4(), "section": chosen.pk, "channel": "door", "people": 1, "mood": 2, "text_0": text}
    return {**form, "kind_0": "said", **fields}


def test_bea_opens_a_round_and_its_conversation_stands_on_the_square(
    riverside: Organisation, bea: Account, tomorrow: date
) -> None:
    door = at_desk(bea)
    seeds = "Repair before rent.\nأريد تدفئة في كل الغرف"
    form = {"question": "What about the heating?", "closes_on": tomorrow, "seeds": seeds, "shown": "held"}
    answer = door.post("/riverside/listen/open/", form)
    assert answer.status_code == 302
    conversation = Conversation.objects.get()
    assert conversation.is_open()
    assert [one.text for one in conversation.statements.shown()] == seeds.split("\n")
    shared = door.get(answer.headers["Location"])
    assert answer.headers["Location"].endswith("/share/")
    assert shows(shared, "address", conversation.get_absolute_url())
    assert "<svg" in shared.content.decode().split('data-part="address-code"')[1]


def test_a_round_that_ends_yesterday_is_refused_and_everything_typed_is_kept(
    riverside: Organisation, bea: Account, today: date
) -> None:
    form = {"question": "Kept?", "closes_on": today - timedelta(days=1), "seeds": "", "shown": "held"}
    answer = at_desk(bea).post("/riverside/listen/open/", form)
    assert answer.status_code == 200
    assert shows(answer.content.decode(), "past")
    assert 'value="Kept?"' in answer.content.decode()
    assert not ListeningRound.objects.exists()


def test_a_member_may_write_a_report_but_not_open_a_round(heating: ListeningRound, chen: Account) -> None:
    door = at_desk(chen)
    assert door.get("/riverside/listen/open/").status_code == 404
    assert door.get(f"/riverside/listen/{heating.pk}/write/").status_code == 200


def test_dina_of_another_chapter_sees_nothing(
    heating: ListeningRound, dina: Account, harbour: Organisation
) -> None:
    door = at_desk(dina)
    hidden, missing = door.get(f"/riverside/listen/{heating.pk}/"), door.get("/harbour/listen/999/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_what_people_said_is_kept_to_the_byte(heating: ListeningRound, chen: Account) -> None:
    words = "  My girl does her homework\nin her coat… 🥶 "
    answer = at_desk(chen).post(f"/riverside/listen/{heating.pk}/write/", report(heating, "Block C", words))
    assert answer.status_code == 302
    assert Voice.objects.get().text.replace("\r\n", "\n") == words


def test_the_same_report_sent_twice_is_kept_once(heating: ListeningRound, chen: Account) -> None:
    door, form = at_desk(chen), report(heating, "Block C", "Cold again.")
    for _ in range(2):
        assert door.post(f"/riverside/listen/{heating.pk}/write/", form).status_code == 302
    assert FieldReport.objects.count() == Voice.objects.count() == 1


def test_coverage_names_the_least_heard_section_first(heating: ListeningRound, chen: Account) -> None:
    at_desk(chen).post(
        f"/riverside/listen/{heating.pk}/write/", report(heating, "Block A", "Warm here.", people=12)
    )
    heard = [(one.section.name, one.heard, one.share) for one in section_coverage(heating)]
    assert heard == [("Block C", 0, 0.0), ("Block A", 12, 0.1)]


def test_bea_shows_one_sentence_and_turns_down_another_with_a_reason(
    heating: ListeningRound, bea: Account
) -> None:
    conversation = Conversation.objects.get()
    good = conversations.add_statement(conversation, text="Repair first.", token="somebody")
    bad = conversations.add_statement(conversation, text="Mr X of flat 12 is a fool.", token="somebody")
    door = at_desk(bea)
    address = f"/riverside/listen/{heating.pk}/statements/"
    door.post(f"{address}{good.number}/", {"show": "1"})
    door.post(f"{address}{bad.number}/", {})
    assert Statement.objects.get(pk=bad.pk).state == "held"
    door.post(f"{address}{bad.number}/", {"reason": "names a person"})
    states = {
        one.number: (one.state, one.reason) for one in Statement.objects.filter(pk__in=[good.pk, bad.pk])
    }
    assert states == {good.number: ("shown", ""), bad.number: ("turned_down", "names a person")}


def test_the_list_of_rounds_asks_the_database_no_more_for_more_rounds(
    riverside: Organisation, bea: Account, tomorrow: date
) -> None:
    door = at_desk(bea)

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            assert door.get("/riverside/listen/").status_code == 200
        return len(queries)

    actions.open_round(organisation=riverside, question="One", closes_on=tomorrow, by=bea)
    few = asked()
    for n in range(8):
        actions.open_round(organisation=riverside, question=f"More {n}", closes_on=tomorrow, by=bea)
    assert asked() == few


def test_with_scripts_on_only_the_waiting_sentences_come_back(heating: ListeningRound, bea: Account) -> None:
    conversation = Conversation.objects.get()
    one, other = (
        conversations.add_statement(conversation, text=text, token="somebody") for text in ("Cold.", "Damp.")
    )
    door, scripted = at_desk(bea), {"HX-Request": "true"}
    address = f"/riverside/listen/{heating.pk}/statements/"
    part = door.post(f"{address}{one.number}/", {"show": "1"}, headers=scripted).content.decode()
    assert part.strip().startswith('<section class="stack block" id="held"')
    assert other.text in part
    assert part.index(one.text) < part.index('data-part="take-back"') < part.index(other.text)
    assert part.count(one.text) == 1
    refused = door.post(f"{address}{other.number}/", {}, headers=scripted).content.decode()
    assert shows(refused, "no-reason")


def test_a_question_is_passed_on_by_a_text_for_each_channel_and_language(
    heating: ListeningRound, bea: Account, chen: Account, dina: Account
) -> None:
    share = f"/riverside/listen/{heating.pk}/share/"
    page = at_desk(chen).get(share)
    assert page.content.decode().count("btn main") == 1
    address = Conversation.objects.get().get_absolute_url()
    for channel in ("chat", "message", "mail"):
        assert shows(page, channel, heating.question, address), channel
    assert not shows(page, "needs-a-code")
    Conversation.objects.update(open_to_all=False)
    spanish = at_desk(bea).get(f"{share}?in=es")
    assert shows(spanish, "needs-a-code")
    assert shows(spanish, "chat", heating.question, address)
    assert shows(spanish, "chat", "minutos")
    assert at_desk(dina).get(share).status_code == 404


def test_a_round_shows_who_was_heard_as_bars_and_one_red_act(heating: ListeningRound, bea: Account) -> None:
    door = at_desk(bea)
    door.post(f"/riverside/listen/{heating.pk}/write/", report(heating, "Block A", "Warm here.", people=12))
    page = door.get(f"/riverside/listen/{heating.pk}/")
    text = page.content.decode()
    assert text.count("btn main") == 1
    assert text.count('class="share-bar"') == heating.sections.count()
    assert 'width="10"' in text
    assert shows(page, "go-here-next")
    for name in ("field-report", "share", "sum-up", "draw-map"):
        assert shows(page, name), name
