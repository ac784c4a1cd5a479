"""Nobody is recognised by accident: what may point at somebody is proposed, and a person says what goes out."""

import hashlib

import pytest

from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as action_writing
from massline.desk.sumup.claims import reidentification_check as action_safeguarding
from massline.desk.sumup.claims import signing_readiness
from massline.desk.sumup.claims.models import Citation, SumUp, TakenOut
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.desk.sumup.masking.models import Masking
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.desk.sumup.quote_oracle import is_its_source_but_for_what_was_taken_out
from tests.parts import shows

KITCHEN = "  Maria Lopez sleeps in the kitchen 🥶\nring 0151 23456789 or m@lopez.org!"
SAFE = "  […] sleeps in the kitchen 🥶\nring […] or […]!"


@pytest.fixture
def sum_up(riverside: Organisation, bea: Account) -> SumUp:
    """A sum-up that lacks nothing but somebody's look at one quote."""
    round_: ListeningRound = heard_round.heating(riverside, bea)
    heard_round.write(
        round_, bea, "Block C", [VoiceText(KITCHEN), VoiceText("Block C freezes, Block C waits.")], people=6
    )
    written = heard_round.written(round_, bea)
    cited = [heard_round.voice(round_, KITCHEN), heard_round.voice(round_, "Block C freezes, Block C waits.")]
    action_writing.add_claim(sum_up=written, text="Some sleep in kitchens.", voices=cited, by=bea)
    return written


def test_nothing_goes_out_before_somebody_has_looked(sum_up: SumUp, amal: Account) -> None:
    with pytest.raises(NotReady) as refused:
        action_writing.sign_sum_up(sum_up=sum_up, by=amal)
    (reason,) = refused.value.reasons
    assert isinstance(reason, signing_readiness.MayPointAtSomebody)
    assert reason.voice.text == KITCHEN
    assert "Block C, at the door" in str(reason)


def test_bea_takes_out_what_was_found_and_the_square_shows_every_other_byte(
    sum_up: SumUp, bea: Account, amal: Account
) -> None:
    voice = heard_round.voice(sum_up.round, KITCHEN)
    door, address = at_desk(bea), f"/riverside/sum-up/{sum_up.pk}/recognised/"
    page = door.get(address).content.decode()
    assert "1 quote to check" in page
    assert "<mark>0151 23456789</mark>" in page
    start, phone = KITCHEN.index("Maria"), KITCHEN.index("0151")
    ticked = [f"{start}-{start + 11}", f"{phone}-{phone + 13}"]
    door.post(address, {"voice": voice.pk, f"out-{voice.pk}": ticked, f"also-{voice.pk}": "m@lopez.org"})
    masking = Masking.objects.get()
    assert (masking.text, masking.by, masking.holds) == (SAFE, bea, True)
    citation = Citation.objects.get(voice=voice)
    assert (citation.text, citation.masking) == (SAFE, masking)
    assert citation.digest == hashlib.sha256(SAFE.encode()).hexdigest()
    action_writing.sign_sum_up(sum_up=sum_up, by=amal)
    report = action_writing.publish_sum_up(sum_up=sum_up, by=bea)
    quote = report.claims.get(order=3).quotes[0]["text"]
    assert quote == SAFE
    assert is_its_source_but_for_what_was_taken_out(quote, KITCHEN)


def test_a_name_may_stay_where_a_person_says_so(sum_up: SumUp, bea: Account, amal: Account) -> None:
    voice = heard_round.voice(sum_up.round, KITCHEN)
    at_desk(bea).post(f"/riverside/sum-up/{sum_up.pk}/recognised/", {"voice": voice.pk})
    assert Masking.objects.get().text == KITCHEN
    action_writing.sign_sum_up(sum_up=sum_up, by=amal)
    assert (
        action_writing.publish_sum_up(sum_up=sum_up, by=bea).claims.get(order=3).quotes[0]["text"] == KITCHEN
    )


def test_a_look_that_changes_a_quote_takes_the_signature_away_and_a_changed_voice_asks_for_a_new_look(
    sum_up: SumUp, bea: Account, amal: Account
) -> None:
    voice = heard_round.voice(sum_up.round, KITCHEN)
    action_safeguarding.confirm_masking(sum_up=sum_up, voice=voice, spans=[], by=bea)
    action_writing.sign_sum_up(sum_up=sum_up, by=amal)
    action_safeguarding.confirm_masking(sum_up=sum_up, voice=voice, spans=[(2, 13)], by=bea)
    sum_up.refresh_from_db()
    assert sum_up.is_draft
    type(voice).objects.filter(pk=voice.pk).update(text=KITCHEN + " Now.")
    with pytest.raises(NotReady) as refused:
        action_writing.sign_sum_up(sum_up=sum_up, by=amal)
    kinds = {type(one) for one in refused.value.reasons}
    assert kinds == {signing_readiness.QuoteChanged, signing_readiness.MayPointAtSomebody}


def test_our_own_sections_are_nobodys_names(sum_up: SumUp, bea: Account) -> None:
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/words/").content.decode()
    assert page.count("· may point to someone") == 1


def test_a_claim_that_was_taken_out_comes_back_to_its_place(sum_up: SumUp, bea: Account) -> None:
    first = heard_round.claims(sum_up)[0]
    cited = [one.text for one in first.citations.all()]
    door, address = at_desk(bea), f"/riverside/sum-up/{sum_up.pk}/"
    door.post(f"{address}claims/{first.pk}/remove/")
    taken = TakenOut.objects.get()
    assert shows(door.get(address).content.decode(), "restore")
    door.post(f"{address}taken-out/{taken.pk}/")
    back = heard_round.claims(sum_up)[0]
    assert (back.text, back.order) == (first.text, 1)
    assert sorted(one.text for one in back.citations.all()) == sorted(cited)
    assert door.post(f"{address}taken-out/{taken.pk}/").status_code == 404
    assert [one.order for one in heard_round.claims(sum_up)] == [1, 2, 3]


def test_looking_elsewhere_on_the_bench_keeps_the_sentence_and_the_ticks(sum_up: SumUp, bea: Account) -> None:
    ticked = heard_round.voice(sum_up.round, heard_round.COAT).pk
    half = {"text": "Half a sent", "minority": "on", "voices": ticked, "find": "kitchen", "look": "page=1"}
    page = at_desk(bea).post(f"/riverside/sum-up/{sum_up.pk}/claims/", half).content.decode()
    assert "Half a sent" in page
    assert shows(page, "ticked", 1)
    assert f'value="{ticked}" form="composer" checked' in page
    assert "sleeps in the kitchen" in page
    assert sum_up.claims.count() == 3
