"""What is published of a summary stands word for word, once, and never changes."""

import json

import pytest

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Channel, ListeningRound
from massline.desk.people.models import Account
from massline.desk.sumup.claims import actions, signing_readiness
from massline.desk.sumup.claims.citations import describe_statement_result, map_summary_of
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.engine.privacy.threshold import Threshold
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack
from tests.desk import heard_round
from tests.desk.heard_round import ARABIC, COAT, claims
from tests.desk.sumup.refused_reasons import kinds


def test_the_report_back_stands_on_the_square_word_for_word(written: SumUp, amal: Account) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    report = actions.publish_sum_up(sum_up=written, by=amal)
    assert (report.slug, report.title) == ("cold-rooms-nobody-says", written.title)
    assert report.rests_on == {
        "voices": 4,
        "people": 9,
        "participants": 12,
        "votes": 24,
        "sections": 2,
        "sections_of": 2,
        "imported": 0,
    }
    first, second = report.claims.all()
    assert [quote["text"] for quote in first.quotes] == [COAT, ARABIC, heard_round.SEEDS[0]]
    assert first.quotes[0] == {"text": COAT, "source": "Block C, at the door", "day": "2026-11-12"}
    assert first.quotes[2]["source"] == describe_statement_result(
        0, map_summary_of(written.round), Threshold(5)
    )
    assert second.minority
    assert reports.is_as_published(report)
    assert chain.first_broken_line(written.round.organisation) is None


def test_a_summary_signed_while_statements_counted_from_0_stays_signed_and_names_them_from_1(
    written: SumUp, amal: Account
) -> None:
    cited = claims(written)[0].citations.get(statement__isnull=False)
    now, before = cited.origin, cited.origin.replace("statement 1,", "statement 0,")
    assert before != now
    claims(written)[0].citations.filter(pk=cited.pk).update(origin=before)
    actions.sign_sum_up(sum_up=written, by=amal)
    report = actions.publish_sum_up(sum_up=written, by=amal)
    assert report.claims.get(order=1).quotes[2]["source"] == now


def test_a_section_where_few_were_heard_is_not_named_in_public(written: SumUp, amal: Account) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    report = actions.publish_sum_up(sum_up=written, by=amal)
    warm = report.claims.get(order=2).quotes[0]
    assert warm["source"] == str(Channel.DOOR.label)
    assert "Block A" not in json.dumps([claim.quotes for claim in report.claims.all()])


def test_what_is_published_can_never_be_changed(written: SumUp, bea: Account, amal: Account) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    report = actions.publish_sum_up(sum_up=written, by=bea)
    for verb in (
        lambda: actions.add_claim(sum_up=written, text="More.", by=bea),
        lambda: actions.remove_claim(claim=claims(written)[0], by=bea),
        lambda: actions.sign_sum_up(sum_up=written, by=amal),
    ):
        with pytest.raises(NotReady) as refused:
            verb()
        assert kinds(refused) == [signing_readiness.AlreadyPublished]
    assert actions.publish_sum_up(sum_up=written, by=bea) == report
    assert ReportBack.objects.count() == 1
    report.claims.filter(order=1).update(text="Nobody freezes.")
    assert not reports.is_as_published(report)


def test_a_report_left_half_done_is_finished_and_not_written_twice(
    written: SumUp, bea: Account, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk dies after the square was written."""
    actions.sign_sum_up(sum_up=written, by=amal)

    def die(*_args: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(chain, "append_line", die)
        with pytest.raises(OSError, match="disk full"):
            actions.publish_sum_up(sum_up=written, by=bea)
    assert SumUp.objects.get().state == "signed"
    assert ReportBack.objects.count() == 1
    with pytest.raises(NotReady) as refused:
        actions.add_claim(sum_up=SumUp.objects.get(), text="Meanwhile.", by=bea)
    assert kinds(refused) == [signing_readiness.AlreadyPublished]
    report = actions.publish_sum_up(sum_up=SumUp.objects.get(), by=bea)
    assert SumUp.objects.get().report == report.slug
    assert ReportBack.objects.count() == 1


def test_an_organisation_without_a_face_publishes_nothing(written: SumUp, amal: Account) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    PublicOrganisation.objects.all().delete()
    with pytest.raises(NotReady) as refused:
        actions.publish_sum_up(sum_up=written, by=amal)
    assert signing_readiness.NoFace in kinds(refused)


def test_two_reports_with_one_title_have_two_addresses(
    heating: ListeningRound, bea: Account, amal: Account
) -> None:
    slugs = [
        actions.publish_sum_up(sum_up=heard_round.signed(heating, bea, amal), by=bea).slug for _ in range(2)
    ]
    assert slugs == ["cold-rooms-nobody-says", "cold-rooms-nobody-says-2"]
