"""Points of unity: several organisations, one text, sentence by sentence; nothing but text and positions is shared."""

import json
import re
from typing import Any

import pytest

from massline.core.refusal import Refused
from massline.desk.decide.points_of_unity import actions, file_exchange
from massline.desk.decide.points_of_unity.models import Party, Position, UnityText
from massline.desk.decide.points_of_unity.positions import read_positions
from massline.desk.people.models import Account, Organisation
from massline.square.reports.models import ReportBack
from tests.conftest import at_desk
from tests.open_forms import open_form
from tests.parts import holds, shows

SENTENCES = "Nobody freezes.\nكل بيت دافئ 🔥\nWe hold back rent."


@pytest.fixture
def text(riverside: Organisation, bea: Account) -> UnityText:
    at_desk(bea).post("/riverside/decide/unity/", {"title": "Winter alliance", "sentences": SENTENCES})
    return UnityText.objects.get()


def joined(text: UnityText, bea: Account, dina: Account) -> Party:
    told = at_desk(bea).post(f"/riverside/decide/unity/{text.pk}/invite/", follow=True).content.decode()
    code = re.search(r"only this once: ([\w-]+)", told)
    assert code
    answer = at_desk(dina).post("/harbour/decide/unity/join/", {"code": code[1], "name": "The Harbour"})
    assert answer.status_code == 302
    again = at_desk(dina).post("/harbour/decide/unity/join/", {"code": code[1], "name": "Twice"})
    assert shows(again, "no-such-code")
    return Party.objects.get(name="The Harbour")


def weighed(text: UnityText, *stands: str, instead: str = "") -> dict[str, str]:
    sentences = list(text.sentences.all())
    form = {f"stand_{one.pk}": stand for one, stand in zip(sentences, stands, strict=True)}
    return form | {f"instead_{sentences[-1].pk}": instead}


def test_the_widest_text_is_what_everybody_can_live_with(
    text: UnityText, harbour: Organisation, bea: Account, dina: Account, chen: Account
) -> None:
    joined(text, bea, dina)
    ours, theirs = f"/riverside/decide/unity/{text.pk}/", f"/harbour/decide/unity/{text.pk}/"
    at_desk(bea).post(ours, weighed(text, "agree", "agree", "agree"))
    assert "Not enough yet" in at_desk(bea).get(ours).content.decode()
    lacking = at_desk(dina).post(theirs, weighed(text, "agree", "live_with", "amend")).content.decode()
    assert shows(lacking, "no-instead")
    assert Position.objects.filter(party__name="The Harbour").count() == 0
    at_desk(dina).post(theirs, weighed(text, "agree", "live_with", "amend", instead="We pay on time."))
    assert [one.words for one in read_positions(text).widest] == ["Nobody freezes.", "كل بيت دافئ 🔥"]
    assert "“We pay on time.”" in at_desk(chen).get(ours).content.decode()
    at_desk(dina).post(theirs, weighed(text, "agree", "live_with", "cannot"))
    moved = at_desk(bea).get(ours).content.decode()
    assert shows(moved, "moved", "The Harbour", "→")
    last = text.sentences.last()
    assert last is not None
    assert at_desk(dina).post(f"{theirs}sentences/{last.pk}/", {"words": "x"}).status_code == 404
    at_desk(bea).post(f"{ours}sentences/{last.pk}/", {"words": "We pay on time."})
    told = at_desk(dina).get(theirs).content.decode()
    assert "We hold back rent.</s>" in told
    assert shows(told, "not-weighed")


def test_an_invited_organisation_sees_the_text_and_nothing_else(
    text: UnityText, riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    theirs = f"/harbour/decide/unity/{text.pk}/"
    assert at_desk(dina).get(theirs).status_code == 404
    party = joined(text, bea, dina)
    page = at_desk(dina).get(theirs)
    assert page.status_code == 200
    assert "Nobody freezes." in page.content.decode()
    for address in (
        "/riverside/decide/",
        f"/harbour/decide/unity/{text.pk}/invite/",
        f"/riverside/decide/unity/{text.pk}/",
    ):
        assert at_desk(dina).post(address).status_code in {404, 405}, address
    assert "harbour" not in at_desk(bea).get(f"/riverside/decide/unity/{text.pk}/").content.decode().replace(
        "The Harbour", ""
    )
    at_desk(dina).post(f"{theirs}endorse/", {"because": "Too narrow for us."})
    party.refresh_from_db()
    assert party.left_because == "Too narrow for us."
    assert at_desk(dina).get(theirs).status_code == 404
    assert "Too narrow for us." in at_desk(bea).get(f"/riverside/decide/unity/{text.pk}/").content.decode()


def test_who_is_elsewhere_weighs_it_by_file(
    text: UnityText, riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    ours = text.parties.get()
    sentences = list(text.sentences.all())
    actions.take_positions(party=ours, stands=dict.fromkeys(sentences, ("agree", "")), by=bea)
    sent = json.dumps(file_exchange.export_text(text))
    answer = at_desk(dina).post("/harbour/decide/unity/take-in/", {"pasted": sent})
    assert answer.status_code == 302
    copy = UnityText.objects.get(is_copy=True)
    us = copy.parties.get(organisation=harbour)
    actions.take_positions(party=us, stands=dict.fromkeys(copy.sentences.all(), ("live_with", "")), by=dina)
    back = json.loads(json.dumps(file_exchange.export_text(copy)))
    back["positions"].append(back["positions"][0] | {"party": riverside.name, "stand": "cannot"})
    for _ in range(2):
        file_exchange.import_text(organisation=riverside, pasted=json.dumps(back), by=bea)
    found = read_positions(text)
    assert [party.name for party in found.parties] == [riverside.name, harbour.name]
    assert len(found.widest) == 3
    assert Position.objects.filter(sentence__text=text).count() == 6
    with pytest.raises(Refused):
        actions.reword_sentence(sentence=copy.sentences.all()[0], words="Ours now", by=dina)
    for bad in (
        "",
        "{",
        "[]",
        json.dumps(back | {"schema": "x"}),
        json.dumps(back | {"text": "no"}),
        sent[:-9],
    ):
        refused = at_desk(dina).post("/harbour/decide/unity/take-in/", {"pasted": bad})
        assert refused.status_code == 200
    assert UnityText.objects.count() == 2


@pytest.mark.parametrize("odd", ['"\\ud800"', '"a\\u0000b"', "1e999", "1000000000000000000000000000000"])
def test_what_json_can_hold_and_no_database_is_no_file_of_ours(
    text: UnityText, harbour: Organisation, bea: Account, dina: Account, odd: str
) -> None:
    sentences = list(text.sentences.all())
    actions.take_positions(party=text.parties.get(), stands=dict.fromkeys(sentences, ("amend", "So")), by=bea)
    sent: dict[str, Any] = file_exchange.export_text(text)
    door = at_desk(dina)

    def take_in(document: object) -> Any:
        pasted = json.dumps(document).replace('"ODD"', odd)
        return door.post("/harbour/decide/unity/take-in/", {"pasted": pasted})

    words = {"title", "host"} if odd.startswith('"') else set()
    for name in words:
        assert shows(take_in(sent | {name: "ODD"}), "not-our-file"), name
    fields = {"words", "before", "party", "instead"} if words else {"version"}
    for rows in ("sentences", "positions"):
        for name in fields & set(sent[rows][0]):
            answer = take_in(sent | {rows: [sent[rows][0] | {name: "ODD"}]})
            assert (answer.status_code, shows(answer, "not-our-file")) == (200, True), (rows, name)
    assert UnityText.objects.count() == 1


def test_it_goes_out_when_everybody_stands_behind_it(
    text: UnityText, harbour: Organisation, bea: Account, dina: Account
) -> None:
    joined(text, bea, dina)
    ours, theirs = f"/riverside/decide/unity/{text.pk}/", f"/harbour/decide/unity/{text.pk}/"
    refused = at_desk(bea).post(f"{ours}endorse/", follow=True).content.decode()
    assert shows(refused, "nothing-carried")
    for who, page in ((bea, ours), (dina, theirs)):
        at_desk(who).post(page, weighed(text, "agree", "live_with", "cannot"))
    at_desk(bea).post(f"{ours}endorse/")
    assert shows(at_desk(bea).post(f"{ours}publish/", follow=True), "not-endorsed", 1, 2)
    at_desk(dina).post(f"{theirs}endorse/")
    assert shows(at_desk(bea).post(f"{ours}publish/", follow=True).content.decode(), "published")
    report = ReportBack.objects.get()
    assert [claim.text for claim in report.claims.all()] == ["Nobody freezes.", "كل بيت دافئ 🔥"]
    assert holds(report.heard, "Riverside Tenants", "The Harbour")


def test_a_position_belongs_to_the_wording_that_was_read(
    text: UnityText, bea: Account, amal: Account
) -> None:
    address = f"/riverside/decide/unity/{text.pk}/"
    first = text.sentences.first()
    assert first is not None
    opened = open_form(at_desk(amal).get(address).content.decode(), "opened_with")
    at_desk(bea).post(f"{address}sentences/{first.pk}/", {"words": "Nobody freezes, and nobody pays more."})
    sent = opened | weighed(text, "agree", "agree", "agree")
    refused = at_desk(amal).post(address, sent)
    assert shows(refused, "reworded-meanwhile")
    assert not Position.objects.exists()
    again = open_form(refused.content.decode(), "opened_with") | weighed(text, "cannot", "agree", "agree")
    assert at_desk(amal).post(address, again).status_code == 302
    assert Position.objects.filter(stand="cannot").count() == 1


def test_two_of_one_organisation_see_each_others_positions(
    text: UnityText, bea: Account, amal: Account
) -> None:
    address = f"/riverside/decide/unity/{text.pk}/"
    opened = open_form(at_desk(amal).get(address).content.decode(), "opened_with")
    at_desk(bea).post(address, weighed(text, "agree", "agree", "agree"))
    assert shows(
        at_desk(amal).post(address, opened | weighed(text, "cannot", "agree", "agree")), "changed-meanwhile"
    )
    assert not Position.objects.filter(stand="cannot").exists()


def test_a_sentence_reworded_by_two_keeps_the_first_and_shows_both(
    text: UnityText, bea: Account, amal: Account
) -> None:
    address = f"/riverside/decide/unity/{text.pk}/"
    first = text.sentences.first()
    assert first is not None
    for door, words in ((at_desk(bea), "Nobody freezes here."), (at_desk(amal), "No flat is cold.")):
        told = door.post(
            f"{address}sentences/{first.pk}/", {"words": words, "version": first.version}, follow=True
        )
    first.refresh_from_db()
    assert first.words == "Nobody freezes here."
    assert holds(told.content.decode(), "Nobody freezes here.", "No flat is cold.")
