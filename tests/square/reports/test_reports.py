"""Back to those who spoke: this is what you said. Did we hear you right?"""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from massline.engine.privacy.threshold import Threshold
from massline.square import rate_limits
from massline.square.calls.models import PublishedCall
from massline.square.reports import actions, reader_answers
from massline.square.reports.basis import describe_basis
from massline.square.reports.models import Claim, HeardAnswer, ReportBack, ReportKind, Resonance
from massline.square.reports.section_answers import GOAL, choose_releasable_sections, claims_with_shares
from tests.conftest import DoorClient
from tests.parts import holds, parts, shows
from tests.square.conftest import words_of


def reader_on(answer: Any) -> str:
    found = re.search(r'name="reader" value="([^"]+)"', words_of(answer))
    assert found, "the page carries no reader"
    return found.group(1)


def answer_claim(door: DoorClient, report: ReportBack, claim: Claim, value: int) -> Any:
    given = {"reader": reader_on(door.get(report.get_absolute_url())), "heard": value}
    return door.post(f"{report.get_absolute_url()}heard/{claim.uuid}/", given)


def test_a_report_shows_claims_their_words_to_the_byte_and_the_minority(
    nobody: DoorClient, report: ReportBack
) -> None:
    page = words_of(nobody.get(report.get_absolute_url()))
    for claim in report.claims.all():
        assert claim.text in page
        for quote in claim.quotes:
            assert escape(quote["text"]) in page
            assert quote["source"] in page
    assert len(parts(page, "minority")) == 1
    assert "We have hardly heard Block C." in page
    assert "We walk to the housing office." in page
    assert describe_basis(report.rests_on) in page
    assert holds(describe_basis(report.rests_on), 70, 61, 2, 5)


def test_a_report_leads_back_to_the_conversation_and_on_to_the_call(
    nobody: DoorClient, report: ReportBack, walk: PublishedCall
) -> None:
    page = words_of(nobody.get(report.get_absolute_url()))
    assert report.conversation is not None
    assert report.conversation.get_absolute_url() in page
    assert walk.get_absolute_url() in page


def test_an_answer_is_kept_once_and_can_be_changed(nobody: DoorClient, report: ReportBack) -> None:
    claim = report.claims.all()[0]
    assert "voice" not in nobody.cookies
    answer = answer_claim(nobody, report, claim, 1)
    assert answer.headers["Location"].endswith("#claim-1")
    assert nobody.cookies["voice"]["httponly"]
    answer_claim(nobody, report, claim, -1)
    assert Resonance.objects.get().value == HeardAnswer.NO
    page = words_of(nobody.get(report.get_absolute_url()))
    assert 'value="-1" aria-pressed="true"' in page


def test_answers_are_counted_aloud_from_five_on(nobody: DoorClient, report: ReportBack) -> None:
    claim = report.claims.all()[0]
    for _ in range(5):
        answer_claim(DoorClient("square"), report, claim, 1)
    assert not shows(nobody.get(report.get_absolute_url()), "heard-right-count")
    for _ in range(5):
        answer_claim(DoorClient("square"), report, claim, 1)
        assert shows(nobody.get(report.get_absolute_url()), "heard-right-count", 5, 0, 0)


def test_a_form_counts_for_the_browser_it_was_made_for(nobody: DoorClient, report: ReportBack) -> None:
    claim = report.claims.all()[0]
    reader = reader_on(nobody.get(report.get_absolute_url()))
    for n in range(3):
        stranger = DoorClient("square")
        stranger.cookies["voice"] = f"invented-invented-invented-{n:05}"
        for given in ({"heard": 1}, {"heard": 1, "reader": reader}):
            assert stranger.post(f"{report.get_absolute_url()}heard/{claim.uuid}/", given).status_code == 403
    assert not Resonance.objects.exists()


def test_a_script_that_invents_readers_waits_and_whoever_answered_before_does_not(
    report: ReportBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits.newcomers_from_sender, "per", 3)
    monkeypatch.setattr(rate_limits.newcomers_from_sender, "seconds", 600)
    hall = {"REMOTE_ADDR": "198.51.100.7"}
    first, second = report.claims.all()[:2]
    doors = [DoorClient("square", **hall) for _ in range(3)]
    assert [answer_claim(door, report, first, 1).status_code for door in doors] == [302] * 3
    late = DoorClient("square", **hall)
    answer = answer_claim(late, report, first, -1)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert Resonance.objects.count() == 3
    assert answer_claim(doors[0], report, second, -1).status_code == 302
    rate_limits.newcomers_from_sender.forget()
    assert answer_claim(late, report, first, -1).status_code == 302


def test_a_forged_answer_is_refused(nobody: DoorClient, report: ReportBack) -> None:
    claim = report.claims.all()[0]
    address = f"{report.get_absolute_url()}heard/{claim.uuid}/"
    for given in ({"reader": "forged", "heard": 1}, {"heard": 1}, {"reader": "x", "heard": 9}, {}):
        assert nobody.post(address, given).status_code == 403
    assert nobody.get(address).status_code == 405
    assert not Resonance.objects.exists()


def test_the_pseudonym_of_one_report_means_nothing_in_another(report: ReportBack) -> None:
    other = ReportBack(organisation=report.organisation)
    assert report.pseudonym("x" * 32) == report.pseudonym("x" * 32) != other.pseudonym("x" * 32)


def test_a_report_asks_few_questions_however_many_claims(
    nobody: DoorClient, report: ReportBack, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3, 20):
        Claim.objects.create(report=report, order=n, text=f"Claim {n}.")
    with django_assert_max_num_queries(9, using="square"):
        assert nobody.get(report.get_absolute_url()).status_code == 200
    assert nobody.get("/riverside/said/nothing/").status_code == 404


def test_a_report_is_printed_on_one_sheet_and_always_the_same(nobody: DoorClient, report: ReportBack) -> None:
    address = f"{report.get_absolute_url()}sheet.pdf"
    assert address in words_of(nobody.get(report.get_absolute_url()))
    first, again = nobody.get(address), nobody.get(address)
    assert first["Content-Type"] == "application/pdf"
    assert len(re.findall(rb"/Type\s*/Page\b", first.content)) == 1
    assert first.content == again.content


def test_decisions_and_points_of_unity_stand_under_headings_of_their_own(
    nobody: DoorClient, report: ReportBack
) -> None:
    for kind in (ReportKind.DECISION, ReportKind.UNITY):
        made = actions.freeze_report(
            organisation=report.organisation,
            uuid=uuid4(),
            kind=kind,
            title=f"A {kind}",
            heard="Because.",
            next_step="We go.",
            claims=[actions.FrozenClaim("A date for every boiler.", minority=False, quotes=())],
            rests_on=actions.ReportBasis(0, 0, 0, 0, 0, 0),
        )
        page = words_of(nobody.get(made.get_absolute_url()))
        assert f'data-part="claims-of-{kind}"' in page
        assert 'data-part="claims-of-report"' not in page
        assert not shows(page, "heard-right")
        asked = f"{made.get_absolute_url()}heard/{made.claims.get().uuid}/"
        assert nobody.post(asked, {"heard": 1}).status_code == 404
        assert actions.is_as_published(made)
        made.kind = ReportKind.HEARD
        assert not actions.is_as_published(made), "what it is belongs to what was sealed"


def name_sections(report: ReportBack) -> None:
    assert report.conversation is not None
    report.conversation.sections = ["Block A", "Block C"]
    report.conversation.save()


def say(report: ReportBack, who: str, value: HeardAnswer, section: str = "") -> None:
    reader_answers.record_answer(report.claims.all()[0], token=who, value=value, section=section)


def test_answers_are_told_by_section_with_an_interval_and_the_goal(
    nobody: DoorClient, report: ReportBack
) -> None:
    name_sections(report)
    for n in range(40):
        section = "Block A" if n % 2 else "Block C"
        answer = HeardAnswer.NO if section == "Block C" and n % 4 == 0 else HeardAnswer.YES
        say(report, f"reader {n}", answer, section)
    # which answers wait for others to be told with them is drawn; here all are told
    Resonance.objects.update(shown_value=F("value"), shown_section=F("section"), section_value=F("value"))
    page = nobody.get(report.get_absolute_url())
    assert shows(page, "heard-right-likely", GOAL)
    told = parts(page, "heard-in-section")
    assert [line.split(":")[0] for line in told] == ["Block A", "Block C"]
    claim = claims_with_shares(report, "", Threshold(5))[0]
    all_yes, half = claim.section_shares
    assert (all_yes.bound, all_yes.high) == ("at least", 100)
    assert half.bound == ""
    assert half.low < half.yes < half.high
    assert half.low < 50 < half.high


def test_a_section_of_few_is_not_told_and_does_not_follow_from_the_others(
    nobody: DoorClient, report: ReportBack
) -> None:
    name_sections(report)
    for n in range(30):
        say(report, f"reader {n}", HeardAnswer.YES, "Block A" if n > 3 else "Block C")
    claim = claims_with_shares(report, "", Threshold(5))[0]
    assert "Block C" not in [share.name for share in claim.section_shares]
    rest = claim.said_any - sum(share.people for share in claim.section_shares)  # type: ignore[attr-defined]
    assert rest == 0 or rest >= 5
    assert not shows(nobody.get(report.get_absolute_url()), "heard-in-section", "Block C")
    assert choose_releasable_sections(
        {"A": (20, 20), "B": (9, 3)}, 31, Threshold(5)
    ) == choose_releasable_sections({"A": (20, 20)}, 31, Threshold(5))
    assert [
        share.name for share in choose_releasable_sections({"A": (20, 20), "B": (9, 3)}, 36, Threshold(5))
    ] == ["A", "B"]


def test_a_section_changes_by_five_answers_at_once_or_not_at_all(
    nobody: DoorClient, report: ReportBack
) -> None:
    name_sections(report)
    before = 0
    for n in range(40):
        say(report, f"reader {n}", HeardAnswer.YES, "Block A" if n % 2 == 0 else "")
        told = Resonance.objects.filter(section_value__isnull=False, shown_section="Block A").count()
        assert told == before or told - before >= 5
        before = told
    assert before


def test_a_reader_may_name_a_section_that_the_page_offers_and_no_other(
    nobody: DoorClient, report: ReportBack
) -> None:
    name_sections(report)
    claim = report.claims.all()[0]
    page = nobody.get(report.get_absolute_url())
    given = {"reader": reader_on(page), "heard": 1, "section": "Block C"}
    nobody.post(f"{report.get_absolute_url()}heard/{claim.uuid}/", given)
    assert Resonance.objects.get().section == "Block C"
    again = words_of(nobody.get(report.get_absolute_url()))
    assert "<option selected>Block C" in " ".join(again.split())
    nobody.post(f"{report.get_absolute_url()}heard/{claim.uuid}/", given | {"section": "Elsewhere"})
    assert Resonance.objects.get().section == ""


def test_partly_and_no_take_words_that_wait_to_be_read(nobody: DoorClient, report: ReportBack) -> None:
    claim = report.claims.all()[0]
    answer_claim(nobody, report, claim, 1)
    assert not shows(nobody.get(report.get_absolute_url()), "say-it-yourself")
    answer_claim(nobody, report, claim, 0)
    assert shows(nobody.get(report.get_absolute_url()), "say-it-yourself")
    words = "It is the stairs,  not the flats."
    address = f"{report.get_absolute_url()}words/{claim.uuid}/"
    assert shows(nobody.post(address, {"words": words}), "said-instead")
    assert report.conversation is not None
    kept = report.conversation.statements.get(text=words)
    assert kept.state == "held", "nobody sees it before somebody has read it"
    assert words not in words_of(nobody.get(report.get_absolute_url()))


def test_empty_words_keep_nothing(nobody: DoorClient, report: ReportBack) -> None:
    assert report.conversation is not None
    before = report.conversation.statements.count()
    for words in ("  ", "x" * 281):
        nobody.post(f"{report.get_absolute_url()}words/{report.claims.all()[0].uuid}/", {"words": words})
    assert report.conversation.statements.count() == before
