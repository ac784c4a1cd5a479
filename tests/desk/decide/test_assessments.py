"""Is it time? Criteria with evidence, dissent that stays, a decision to wait that says what would change it, forecasts that are settled."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.decide.assessments import actions
from massline.desk.decide.assessments.forecast_calibration import measure_calibration
from massline.desk.decide.assessments.models import Assessment, Evidence, Forecast, Leaning, Point
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.forces.actions import enter_force
from massline.desk.decide.line.actions import draw_line
from massline.desk.people.models import Account, Organisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.parts import parts, shows


@pytest.fixture
def march(riverside: Organisation, bea: Account) -> Assessment:
    return actions.begin_assessment(organisation=riverside, question="To march on Saturday?", by=bea)


def of(march: Assessment, criterion: str) -> str:
    return f"/riverside/decide/points/{march.points.get(criterion=criterion).pk}/"


def expected(riverside: Organisation, by: Account, percent: int) -> Forecast:
    return actions.add_forecast(
        organisation=riverside,
        text=f"Eighty come, {percent}",
        criterion="Counted at the clock",
        percent=percent,
        resolves_on=timezone.localdate() + timedelta(days=3),
        by=by,
    )


def test_every_criterion_is_asked_and_rests_on_rows_one_can_open(
    riverside: Organisation, march: Assessment, amal: Account, bea: Account, chen: Account
) -> None:
    round_ = heard_round.heating(riverside, bea)
    heard_round.write(round_, bea, "Block C", [], people=30, mood=4)
    claim = heard_round.signed(round_, bea, amal).claims.all()[0]
    force = enter_force(organisation=riverside, name="The housing office", kind="office", by=bea)
    line = draw_line(riverside)
    door, page = at_desk(bea), f"/riverside/decide/time/{march.pk}/"
    assert len(parts(door.get(page), "nothing-cited")) == 4, "two are filled in: roles, and no mass meeting"
    for criterion, source in (
        ("mood", f"claim:{claim.pk}"),
        ("forces", f"force:{force.pk}"),
        ("strength", f"line:{line.pk}"),
    ):
        said = {"leaning": "for", "words": "Many are ready. 🔥", "cites": source}
        assert door.post(of(march, criterion), said).status_code == 302
    lacking = door.post(of(march, "duty"), {"leaning": "against", "words": " ", "cites": ""}).content.decode()
    assert shows(lacking, "no-leaning")
    told = at_desk(chen).get(page).content.decode()
    for words in (
        "Children freeze in Block C.",
        "The housing office",
        "Many are ready. 🔥",
    ):
        assert words in told
    assert shows(told, "mood-by-section")
    assert str(Leaning.FOR.label) in told
    assert f"/decide/line/{line.pk}/" in told
    assert Evidence.objects.count() == 3
    assert at_desk(chen).get(of(march, "mood")).status_code == 404


def test_evidence_of_another_compartment_is_not_there(
    march: Assessment, bea: Account, harbour: Organisation, dina: Account
) -> None:
    theirs = enter_force(organisation=harbour, name="The port authority", kind="authority", by=dina)
    said = {"leaning": "open", "words": "", "cites": f"force:{theirs.pk}"}
    answer = at_desk(bea).post(of(march, "forces"), said)
    assert answer.status_code == 200
    assert not Evidence.objects.exists()


def test_dissent_stays_and_a_decision_to_wait_says_what_would_change_it(
    march: Assessment, bea: Account, chen: Account, nobody: DoorClient
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/time/{march.pk}/"
    door.post(page, {"conclusion": "We wait a week.", "dissent": "  Chen’s block would go now. 😬 "})
    assert "  Chen’s block would go now. 😬 " in at_desk(chen).get(page).content.decode()
    form = {"title": "We wait", "why": "Two blocks are not asked.", "waits": "on", "assessment": march.pk}
    form |= {"owner": bea.pk, "review_on": timezone.localdate() + timedelta(days=7), "would_change": ""}
    refused = door.post("/riverside/decide/record/", form).content.decode()
    assert shows(refused, "no-change")
    assert "Two blocks are not asked." in refused
    answer = door.post("/riverside/decide/record/", form | {"would_change": "Both blocks say yes."})
    decision = Decision.objects.get()
    assert (decision.waits, decision.assessment) == (True, march)
    told = door.get(answer.headers["Location"]).content.decode()
    assert "Both blocks say yes." in told
    assert shows(told, "assessment-behind")
    assert at_desk(chen).post(f"/riverside/decide/decisions/{decision.pk}/publish/").status_code == 404
    door.post(f"/riverside/decide/decisions/{decision.pk}/publish/")
    report = ReportBack.objects.get()
    assert "What would change that: Both blocks say yes." in report.heard
    assert shows(door.get(answer.headers["Location"]).content.decode(), "published")
    public = nobody.get(report.get_absolute_url())
    assert "We wait" in public.content.decode()


def test_a_forecast_is_settled_on_its_day_and_counts(
    riverside: Organisation, march: Assessment, bea: Account
) -> None:
    door = at_desk(bea)
    form = {"text": "Eighty come", "criterion": "Counted", "percent": 100, "resolves_on": "2031-01-01"}
    refused = door.post(f"/riverside/decide/time/{march.pk}/forecast/", form).content.decode()
    assert 'value="Eighty come"' in refused
    assert not Forecast.objects.exists()
    door.post(f"/riverside/decide/time/{march.pk}/forecast/", form | {"percent": 80})
    forecast = Forecast.objects.get()
    assert not shows(door.get("/riverside/decide/time/").content.decode(), "came-true")
    with time_machine.travel("2031-01-02T12:00:00Z"):
        door = at_desk(bea)
        assert shows(door.get("/riverside/decide/time/").content.decode(), "came-true")
        door.post(f"/riverside/decide/forecasts/{forecast.pk}/", {"came_true": "yes"})
        door.post(f"/riverside/decide/forecasts/{forecast.pk}/", {"came_true": "no"})
        assert (
            "Not enough yet: 1 forecasts are checked" in door.get("/riverside/decide/time/").content.decode()
        )
    forecast.refresh_from_db()
    assert forecast.brier == pytest.approx(0.04)


def test_calibration_is_worked_by_hand(riverside: Organisation, bea: Account) -> None:
    for percent, came_true in ((90, True), (80, True), (80, False), (30, False), (20, True)):
        actions.settle_forecast(forecast=expected(riverside, bea, percent), came_true=came_true, by=bea)
    found = measure_calibration(Forecast.objects.all())
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.64 + 0.09 + 0.64) / 5)
    assert [(one.low, one.forecasts, one.came_true) for one in found.bins] == [(20, 2, 1), (80, 3, 2)]
    assert not {"account", "by", "made_by"} & {field.name for field in Forecast._meta.fields}


def test_nothing_is_certain_and_nothing_past_is_forecast(riverside: Organisation, bea: Account) -> None:
    for percent, days in ((0, 3), (100, 3), (50, 0)):
        with pytest.raises(Refused):
            actions.add_forecast(
                organisation=riverside,
                text="x",
                criterion="y",
                percent=percent,
                resolves_on=timezone.localdate() + timedelta(days=days),
                by=bea,
            )
    assert not Point.objects.exists()
