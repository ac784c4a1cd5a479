"""The bench, at the desk: reading, writing, signing, publishing, and who may do which."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.models import SumUp
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import reader_answers
from massline.square.reports.models import HeardAnswer, ReportBack, Resonance
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.desk.heard_round import ARABIC, COAT, claims
from tests.parts import holds, parts, shows


def read(door: DoorClient, address: str) -> str:
    answer = door.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def at(sum_up: SumUp, more: str = "") -> str:
    return f"/riverside/sum-up/{sum_up.pk}/{more}"


def test_bea_sums_up_a_round_and_amal_signs_and_publishes_it(
    heating: ListeningRound, bea: Account, amal: Account
) -> None:
    door = at_desk(bea)
    assert "1 round to sum up" in read(door, "/riverside/sum-up/")
    began = door.post(f"/riverside/sum-up/begin/{heating.pk}/", {"title": "باردة 🥶 cold"})
    sum_up = SumUp.objects.get()
    assert began.headers["Location"] == at(sum_up)
    bench = read(door, at(sum_up, "words/"))
    assert ARABIC in bench
    assert holds(parts(bench, "answers")[0], 11, 1, 0)
    assert heard_round.WHO_PAYS in bench
    ticked = [heard_round.voice(heating, COAT).pk, heard_round.voice(heating, ARABIC).pk]
    words = {"text": "Children freeze. 🥶", "voices": ticked, "statements": heard_round.statement(heating).pk}
    door.post(at(sum_up, "claims/"), words)
    about = {"title": "Cold", "heard": "It is cold.", "next_step": "Thursday.", "no_minority": "on"}
    about["looked_at"] = "Both sections, and the answers of all twelve."
    door.post(at(sum_up, "about/"), about)
    cited = [one.text for one in claims(sum_up)[0].citations.all()]
    assert cited == [ARABIC, COAT, heard_round.SEEDS[0]]
    second = at_desk(amal)
    assert shows(read(second, at(sum_up)), "sign")
    second.post(at(sum_up, "sign/"))
    second.post(at(sum_up, "publish/"))
    assert ReportBack.objects.get().claims.get().quotes[0]["text"] == ARABIC
    verbs = AuditLine.objects.values_list("verb", flat=True)
    assert {"began a sum-up", "signed a sum-up", "published a sum-up"} <= set(verbs)


def test_the_page_says_what_is_missing_and_offers_no_signature(heating: ListeningRound, bea: Account) -> None:
    sum_up = actions.begin_sum_up(round_=heating, title="Heating", by=bea)
    page = read(at_desk(bea), at(sum_up))
    assert shows(page, "no-claims")
    assert shows(page, "no-next-step")
    assert "/sign/" not in page


def test_the_writer_is_told_why_her_signature_does_not_count(written: SumUp, bea: Account) -> None:
    door = at_desk(bea)
    assert shows(read(door, at(written)), "ask-second-reader")
    answer = door.post(at(written, "sign/"), follow=True)
    assert shows(answer, "own-words")
    assert SumUp.objects.get().is_draft


def test_chen_the_member_reads_everything_and_changes_nothing(
    written: SumUp, chen: Account, amal: Account
) -> None:
    door = at_desk(chen)
    page = read(door, at(written))
    assert "Children freeze in Block C." in page
    assert 'id="composer"' not in page
    claim = claims(written)[0]
    actions.sign_sum_up(sum_up=written, by=amal)
    verbs = [
        "publish/",
        "sign/",
        "about/",
        "claims/",
        f"claims/{claim.pk}/remove/",
        f"claims/{claim.pk}/move/",
    ]
    for verb in verbs:
        assert door.post(at(written, verb)).status_code == 404, verb
    assert door.get(at(written, f"claims/{claim.pk}/")).status_code == 404
    assert door.get(f"/riverside/sum-up/begin/{written.round_id}/").status_code == 404
    assert not ReportBack.objects.exists()
    assert at_desk(amal).post(at(written, "publish/")).status_code == 302
    assert ReportBack.objects.exists()


def test_what_was_typed_while_somebody_published_is_there_to_be_copied(
    written: SumUp, bea: Account, amal: Account
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    actions.publish_sum_up(sum_up=written, by=bea)
    door = at_desk(bea)
    claim = door.post(at(written, "claims/"), {"text": "Written meanwhile."}).content.decode()
    about = {"title": "Cold rooms", "heard": "Heard meanwhile.", "unknown": "Much."}
    words = door.post(at(written, "about/"), about).content.decode()
    for page, typed in ((claim, "Written meanwhile."), (words, "Heard meanwhile.")):
        assert typed in page
        assert shows(page, "not-saved")


def test_dina_of_another_chapter_sees_nothing(written: SumUp, dina: Account, harbour: Organisation) -> None:
    door = at_desk(dina)
    hidden, missing = door.get(at(written)), door.get("/harbour/sum-up/999/")
    elsewhere = door.get(f"/harbour/sum-up/{written.pk}/")
    assert hidden.status_code == missing.status_code == elsewhere.status_code == 404
    assert hidden.content == missing.content == elsewhere.content


def test_changing_a_claim_begins_with_what_it_says_and_cites(written: SumUp, bea: Account) -> None:
    door, claim = at_desk(bea), claims(written)[0]
    page = read(door, at(written, f"claims/{claim.pk}/"))
    assert shows(page, "change-claim")
    assert page.count(" checked") == 3
    warm = heard_round.voice(written.round, heard_round.WARM)
    door.post(at(written, f"claims/{claim.pk}/"), {"text": "Changed.", "voices": warm.pk, "minority": "on"})
    claim.refresh_from_db()
    assert (claim.text, claim.minority, claim.citations.get().voice) == ("Changed.", True, warm)
    door.post(at(written, f"claims/{claim.pk}/move/"), {"down": ""})
    assert claims(written)[1] == claim
    door.post(at(written, f"claims/{claim.pk}/remove/"))
    assert claim not in claims(written)


def test_a_claim_without_a_sentence_keeps_the_ticks(written: SumUp, bea: Account) -> None:
    ticked = heard_round.voice(written.round, COAT).pk
    answer = at_desk(bea).post(at(written, "claims/"), {"text": "", "voices": ticked})
    assert answer.status_code == 200
    assert f'value="{ticked}" form="composer" checked' in answer.content.decode()
    assert written.claims.count() == 2


def test_after_publishing_the_answers_are_shown_from_five_on(
    written: SumUp, bea: Account, amal: Account
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    claim = actions.publish_sum_up(sum_up=written, by=amal).claims.get(order=1)
    door = at_desk(bea)
    for n in range(5):
        reader_answers.record_answer(claim, token=str(n), value=HeardAnswer.YES)
    assert not shows(read(door, at(written)), "heard-right-count")
    reader_answers.record_answer(claim, token="5", value=HeardAnswer.YES)
    assert shows(read(door, at(written)), "heard-right-count", 5, 0, 0, 5)
    Resonance.objects.filter(shown_value=None).delete()
    for n in range(6, 10):
        reader_answers.record_answer(claim, token=str(n), value=HeardAnswer.NO)
    assert shows(read(door, at(written)), "heard-right-count", 5, 0, 0, 5)


def asked(door: DoorClient, address: str) -> tuple[int, int]:
    with (
        CaptureQueriesContext(connections["desk"]) as desk,
        CaptureQueriesContext(connections["square"]) as square,
    ):
        read(door, address)
    return len(desk), len(square)


def test_five_hundred_voices_open_with_as_many_questions_to_the_database_as_four(
    written: SumUp, bea: Account
) -> None:
    door = at_desk(bea)
    few = asked(door, at(written))
    many = [VoiceText(f"Voice {n} {ARABIC}") for n in range(500)]
    heard_round.write(written.round, bea, "Block A", many, people=60)
    all_of_them = list(Voice.objects.filter(text__startswith="Voice "))
    actions.add_claim(sum_up=written, text="All.", voices=all_of_them, by=bea)
    assert asked(door, at(written)) == few
    assert f"Voice 499 {ARABIC}" in read(door, at(written))
    assert shows(read(door, at(written, "words/")), "voices-shown", 1, 5, 504)


def test_the_list_asks_no_more_for_more_sum_ups(heating: ListeningRound, bea: Account) -> None:
    door = at_desk(bea)
    heard_round.written(heating, bea)
    few = asked(door, "/riverside/sum-up/")
    for _ in range(6):
        heard_round.written(heating, bea)
    assert asked(door, "/riverside/sum-up/") == few


def test_an_inner_organisation_sums_up_without_the_square(
    written: SumUp, bea: Account, amal: Account
) -> None:
    PublicOrganisation.objects.all().delete()
    sum_up = actions.begin_sum_up(round_=written.round, title="Among ourselves", by=bea)
    warm = [heard_round.voice(written.round, heard_round.WARM)]
    actions.add_claim(sum_up=sum_up, text="It is warm.", voices=warm, by=bea)
    looked: dict[str, Any] = {"no_minority": True, "looked_at": "All four voices."}
    actions.describe_sum_up(sum_up=sum_up, heard="Warm.", unknown="", next_step="Rest.", by=bea, **looked)
    assert at_desk(amal).post(at(sum_up, "sign/")).status_code == 302
    page = read(at_desk(bea), at(sum_up))
    assert shows(page, "signed-by", "amal")
    assert shows(page, "no-face")
    assert "/publish/" not in page


def test_a_voice_far_back_is_found_by_its_words_and_stays_cited_when_the_claim_is_changed(
    written: SumUp, bea: Account
) -> None:
    heard_round.write(
        written.round, bea, "Block A", [VoiceText(f"Voice {n}") for n in range(1005)], people=60
    )
    door, claim = at_desk(bea), claims(written)[1]
    warm = heard_round.voice(written.round, heard_round.WARM)
    assert heard_round.WARM not in read(door, at(written, "words/")).split('id="voices"')[1]
    assert shows(read(door, at(written, "words/")), "voices-shown", 1, 5, 1009)
    found = read(door, at(written, "words/?find=warm+enough")).split('id="voices"')[1]
    assert heard_round.WARM in found
    assert "Voice 7" not in found
    page = read(door, at(written, f"claims/{claim.pk}/"))
    assert f'value="{warm.pk}" form="composer" checked' in page


@pytest.mark.parametrize("junk", ["abc", "-1", "999999"])
def test_a_form_somebody_tampered_with_is_refused_and_breaks_nothing(
    written: SumUp, bea: Account, junk: str
) -> None:
    form = {"text": "Junk.", "voices": junk, "statements": junk}
    answer = at_desk(bea).post(at(written, "claims/"), form)
    assert answer.status_code == 200
    assert "Junk." in answer.content.decode()
    assert shows(answer.content.decode(), "invalid-choice") or shows(answer, "invalid-pk-value")
    assert written.claims.count() == 2
