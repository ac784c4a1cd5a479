"""The table of slips: one press places a slip, takes it back, leaves it out, or begins a finding with it."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.quote_placement.models import LeftOut
from massline.square.conversations import moderation
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.desk.heard_round import WHO_PAYS, claims
from tests.parts import field_errors, parts, shows


@pytest.fixture
def first(written: SumUp) -> Claim:
    return claims(written)[0]


def _table(door: DoorClient, sum_up: SumUp, query: str = "") -> str:
    answer = door.get(f"/riverside/sum-up/{sum_up.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def _press(door: DoorClient, sum_up: SumUp, verb: str, **sent: object) -> str:
    """Press a button of the table and return where it leads."""
    answer = door.post(f"/riverside/sum-up/{sum_up.pk}/slips/{verb}/", sent)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def _slip(round_: ListeningRound, text: str) -> str:
    return f"v{heard_round.voice(round_, text).pk}"


def _quote(claim: Claim, text: str) -> int:
    return next(citation.pk for citation in claim.citations.all() if citation.text == text)


def _quoted(claim: Claim) -> list[str]:
    return [citation.text for citation in claim.citations.all()]


def test_one_press_places_a_slip_and_it_is_no_longer_on_the_table(
    written: SumUp, first: Claim, bea_at: DoorClient
) -> None:
    assert any(WHO_PAYS in text for text in parts(_table(bea_at, written), "slip"))
    went = _press(bea_at, written, "place", slip=_slip(written.round, WHO_PAYS), to=first.pk, view="show=")
    assert went == f"/riverside/sum-up/{written.pk}/?show=#slips"
    assert WHO_PAYS in _quoted(first)
    page = _table(bea_at, written)
    assert not any(WHO_PAYS in text for text in parts(page, "slip"))
    assert any(WHO_PAYS in text for text in parts(page, "finding"))


def test_placed_twice_it_lies_there_once(written: SumUp, first: Claim, bea_at: DoorClient) -> None:
    for _ in range(2):
        _press(bea_at, written, "place", slip=_slip(written.round, WHO_PAYS), to=first.pk)
    assert _quoted(first).count(WHO_PAYS) == 1


def test_taken_back_it_is_to_be_placed_again(written: SumUp, first: Claim, bea_at: DoorClient) -> None:
    slip = _slip(written.round, WHO_PAYS)
    _press(bea_at, written, "place", slip=slip, to=first.pk)
    _press(bea_at, written, "back", quote=_quote(first, WHO_PAYS))
    assert WHO_PAYS not in _quoted(first)
    assert any(WHO_PAYS in text for text in parts(_table(bea_at, written), "slip"))


def test_left_out_and_put_back(written: SumUp, bea_at: DoorClient) -> None:
    slip = _slip(written.round, WHO_PAYS)
    _press(bea_at, written, "place", slip=slip, to="out")
    assert not any(WHO_PAYS in text for text in parts(_table(bea_at, written), "slip"))
    left = _table(bea_at, written, "?show=left-out")
    assert any(WHO_PAYS in text for text in parts(left, "slip"))
    assert shows(left, "put-slip-back")
    _press(bea_at, written, "back", slip=slip)
    assert not LeftOut.objects.exists()


def test_leaving_out_keeps_the_signature_and_placing_removes_it(
    written: SumUp, first: Claim, bea_at: DoorClient, amal: Account
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    slip = _slip(written.round, WHO_PAYS)
    _press(bea_at, written, "place", slip=slip, to="out")
    written.refresh_from_db()
    assert written.is_signed
    _press(bea_at, written, "place", slip=slip, to=first.pk)
    written.refresh_from_db()
    assert written.is_draft


def test_a_finding_begins_with_the_slip_that_was_pressed(written: SumUp, bea_at: DoorClient) -> None:
    slip = _slip(written.round, WHO_PAYS)
    went = _press(bea_at, written, "place", slip=slip, to="new")
    assert shows(bea_at.get(went), "first-slip", WHO_PAYS)
    _press(bea_at, written, "new", slip=slip, text="Some ask who pays.")
    newest = list(written.claims.all())[-1]
    assert (newest.text, _quoted(newest)) == ("Some ask who pays.", [WHO_PAYS])


def test_a_finding_without_a_sentence_is_asked_for_it(written: SumUp, bea_at: DoorClient) -> None:
    before = written.claims.count()
    answer = bea_at.post(f"/riverside/sum-up/{written.pk}/slips/new/", {"text": ""})
    assert field_errors(answer, "text") == ["required"]
    assert written.claims.count() == before


@pytest.mark.parametrize("slip", ["v999999", "s999999", "x1", "", "v1; drop"])
@pytest.mark.parametrize("verb", ["place", "back"])
def test_a_slip_of_no_round_changes_nothing(
    written: SumUp, first: Claim, bea_at: DoorClient, slip: str, verb: str
) -> None:
    before = _quoted(first)
    _press(bea_at, written, verb, slip=slip, to=first.pk)
    assert _quoted(first) == before


def test_a_slip_of_another_round_or_a_removed_finding_changes_nothing(
    written: SumUp, first: Claim, riverside: Organisation, bea: Account, bea_at: DoorClient
) -> None:
    other = heard_round.heating(riverside, bea)
    foreign = f"v{heard_round.voice(other, WHO_PAYS).pk}"
    before = _quoted(first)
    _press(bea_at, written, "place", slip=foreign, to=first.pk)
    _press(bea_at, written, "place", slip=_slip(written.round, WHO_PAYS), to=first.pk + 1000)
    assert _quoted(first) == before


def test_a_quote_that_is_no_longer_shown_can_be_taken_back(
    written: SumUp, first: Claim, bea_at: DoorClient
) -> None:
    statement = heard_round.statement(written.round)
    moderation.reject_statement(statement, reason="It names somebody.")
    _press(bea_at, written, "back", quote=_quote(first, statement.text))
    assert statement.text not in _quoted(first)


def test_a_quote_of_another_sum_up_stays(
    written: SumUp, first: Claim, riverside: Organisation, bea: Account, bea_at: DoorClient
) -> None:
    other = heard_round.written(heard_round.heating(riverside, bea), bea)
    before = _quoted(first)
    _press(bea_at, other, "back", quote=first.citations.all()[0].pk)
    assert _quoted(first) == before


def test_a_slip_on_a_finding_is_not_offered_to_be_left_out(written: SumUp, bea_at: DoorClient) -> None:
    page = _table(bea_at, written, "?show=all")
    placed = sum(len(_quoted(claim)) for claim in claims(written))
    assert len(parts(page, "leave-out")) == len(parts(page, "slip")) - placed


def test_a_sentence_typed_while_somebody_published_is_there_to_be_copied(
    written: SumUp, bea_at: DoorClient, amal: Account, bea: Account
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    actions.publish_sum_up(sum_up=written, by=bea)
    answer = bea_at.post(
        f"/riverside/sum-up/{written.pk}/slips/new/",
        {"text": "Typed meanwhile.", "slip": _slip(written.round, WHO_PAYS)},
    )
    assert shows(answer, "not-saved")
    assert "Typed meanwhile." in answer.content.decode()


def test_a_published_report_takes_no_slip(
    written: SumUp, first: Claim, bea_at: DoorClient, amal: Account, bea: Account
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    actions.publish_sum_up(sum_up=written, by=bea)
    before = _quoted(first)
    _press(bea_at, written, "place", slip=_slip(written.round, WHO_PAYS), to=first.pk)
    assert _quoted(first) == before


def test_a_member_reads_the_table_and_places_nothing(written: SumUp, first: Claim, chen: Account) -> None:
    door = at_desk(chen)
    page = _table(door, written)
    assert not shows(page, "leave-out")
    answer = door.post(
        f"/riverside/sum-up/{written.pk}/slips/place/",
        {"slip": _slip(written.round, WHO_PAYS), "to": first.pk},
    )
    assert answer.status_code == 404


def test_a_long_round_opens_page_by_page_with_as_many_questions_to_the_database(
    written: SumUp, bea: Account, bea_at: DoorClient
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            _table(bea_at, written)
        return len(queries)

    few = asked()
    words = [VoiceText(f"Cold on floor {floor}.") for floor in range(60)]
    heard_round.write(written.round, bea, "Block C", words)
    assert asked() == few
    page = _table(bea_at, written)
    assert len(parts(page, "slip")) == 10
    assert shows(page, "more-slips")
    assert parts(_table(bea_at, written, "?show=&page=2"), "slip")
