"""The line: drawn by the worker from votes, marks and comparisons; a slate begins a decision; people decide."""

from dataclasses import replace

import pytest

from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.jobs import redraw_lines_of_older_engines
from massline.desk.decide.line.actions import draw_line
from massline.desk.decide.line.engine_input import choose_statements
from massline.desk.decide.line.line_page import LinePresentation
from massline.desk.decide.line.models import Line, SectionShare
from massline.desk.decide.line.representation_sentences import describe_best, describe_due
from massline.desk.decide.line.slate_display import RULES
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.engine import ENGINE_VERSION
from massline.engine.line import IntervalEstimate, Underrepresented
from massline.engine.line.document import BestReach, ProposedSlate
from massline.engine.privacy.threshold import Threshold
from massline.jobs.worker import do_all
from massline.square.conversations.models import Participant
from tests.conftest import _member, at_desk
from tests.desk import heard_round
from tests.parts import holds, shows


@pytest.fixture
def sum_up(riverside: Organisation, bea: Account, amal: Account) -> SumUp:
    """Two claims that each cite one statement: eleven of twelve are for the first, one for the second."""
    round_ = heard_round.heating(riverside, bea)
    Participant.objects.update(section="Block C")
    written = heard_round.written(round_, bea)
    sumup.add_claim(sum_up=written, text="Alone?", statements=[heard_round.statement(round_, 1)], by=bea)
    sumup.sign_sum_up(sum_up=written, by=amal)
    return written


def claim(sum_up: SumUp, text: str) -> Claim:
    return sum_up.claims.get(text=text)


@pytest.fixture
def demands(riverside: Organisation, sum_up: SumUp, bea: Account) -> tuple[Demand, Demand, Demand]:
    told = ("Children freeze in Block C.", "Alone?", "Some are warm enough.")
    found = [
        demand_actions.make_demand(organisation=riverside, text=text, claims=[claim(sum_up, said)], by=bea)
        for text, said in zip(("Publish the bill", "Rent strike", "A thermometer each"), told, strict=True)
    ]
    return found[0], found[1], found[2]


def compared(riverside: Organisation, demands: tuple[Demand, Demand, Demand], people: int = 6) -> None:
    for n in range(people):
        who = _member(f"member {n}", riverside, 1)
        demand_actions.record_comparison(one=demands[0], other=demands[1], further=demands[1], by=who)


def test_the_line_says_what_unites_and_what_goes_far(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand]
) -> None:
    compared(riverside, demands)
    line = draw_line(riverside)
    drawn = LinePresentation(line, Threshold(5))
    assert drawn.ends is not None
    assert [one.text for one in drawn.ends] == ["Publish the bill", "Rent strike"]
    bill = drawn.by_pk[demands[0].pk].row
    assert bill.breadth is not None
    assert bill.breadth.low < 11 / 12 < bill.breadth.high
    assert [[why.reason for why in demand.row.why] for demand in drawn.barred] == [["few answers"]]
    assert all(demand.why_not for demand in drawn.barred)
    assert [one.text for one in drawn.slates[0].demands] == ["Publish the bill"]
    assert drawn.slates[0].unheard == ["Block A"]
    assert drawn.slates[0].sections[1] == SectionShare(section="Block C", share=0.55, bound="at least")
    assert draw_line(riverside).pk == line.pk
    with pytest.raises(ValueError, match="never changed"):
        line.save()


def test_the_same_votes_give_the_same_line_to_the_byte(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand]
) -> None:
    compared(riverside, demands)
    first = draw_line(riverside)
    principle_actions.add_principle(organisation=riverside, text="x", by=_member("zed", riverside, 2))
    body = bytes(first.body)
    Line.objects.all().delete()
    assert bytes(draw_line(riverside).body) == body


def test_a_line_of_an_earlier_engine_is_drawn_again_once_and_stays_as_it_was(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand]
) -> None:
    older = draw_line(riverside)
    redraw_lines_of_older_engines()
    do_all("desk")
    assert list(Line.objects.all()) == [older]
    Line.objects.filter(pk=older.pk).update(engine_version="2", digest="of another engine")
    for _ in range(2):
        redraw_lines_of_older_engines()
        do_all("desk")
    newest, kept = Line.objects.all()
    assert (newest.engine_version, kept.engine_version) == (ENGINE_VERSION, "2")
    assert newest.estimate == older.estimate


def test_what_breaks_a_principle_is_not_in_a_slate(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand], bea: Account, chen: Account
) -> None:
    compared(riverside, demands)
    principle = principle_actions.add_principle(organisation=riverside, text="Nobody is evicted.", by=bea)
    demand_actions.record_judgement(demand=demands[1], principle=principle, verdict="breaks", by=bea)
    demand_actions.record_judgement(demand=demands[0], principle=principle, verdict="keeps", by=bea)
    drawn = LinePresentation(draw_line(riverside), Threshold(5))
    assert {one.text for slate in drawn.slates for one in slate.demands} == {"Publish the bill"}
    (breaks,), (unchecked, *_more) = (drawn.by_pk[demand.pk].row.why for demand in demands[1:])
    assert (breaks.reason, unchecked.reason) == ("breaks", "unchecked")
    assert breaks.principle == unchecked.principle == "Nobody is evicted."
    assert all("Nobody is evicted." in drawn.by_pk[demand.pk].why_not[0] for demand in demands[1:])


def test_the_worker_draws_and_a_slate_begins_a_decision(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand], bea: Account, chen: Account
) -> None:
    compared(riverside, demands)
    door = at_desk(bea)
    assert shows(door.get("/riverside/decide/line/").content.decode(), "draw-line")
    assert at_desk(chen).post("/riverside/decide/line/").status_code == 404
    door.post("/riverside/decide/line/")
    door.post("/riverside/decide/line/")
    assert shows(door.get("/riverside/decide/line/").content.decode(), "line-being-drawn")
    assert do_all("desk") == 1
    page = door.get("/riverside/decide/line/").content.decode()
    assert shows(page, "line-title", 2)
    for words in ("Publish the bill", "<svg"):
        assert words in page, words
    line = Line.objects.get()
    begun = door.get(f"/riverside/decide/record/?line={line.pk}&demands={demands[0].pk}").content.decode()
    assert LinePresentation(line, Threshold(5)).slates[0].reason in begun
    form = {"title": "The bill", "why": "It unites us.", "demands": demands[0].pk, "line": line.pk}
    form |= {"owner": bea.pk, "review_on": "2031-01-01"}
    assert door.post("/riverside/decide/record/", form).status_code == 302
    assert Decision.objects.get().line == line
    assert (
        f"/decide/line/{line.pk}/"
        in door.get(f"/riverside/decide/decisions/{Decision.objects.get().pk}/").content.decode()
    )


def test_the_chosen_statement_speaks_else_the_most_cautious(
    riverside: Organisation, sum_up: SumUp, bea: Account
) -> None:
    both = [claim(sum_up, "Children freeze in Block C."), claim(sum_up, "Alone?")]
    demand = demand_actions.make_demand(organisation=riverside, text="Both", claims=both, by=bea)
    assert choose_statements([demand]).statements[demand.pk].number == 1
    first = heard_round.statement(sum_up.round, 0)
    at_desk(bea).post(f"/riverside/decide/demands/{demand.pk}/statement/", {"statement": first.uuid})
    demand.refresh_from_db()
    assert choose_statements([demand]).statements[demand.pk] == first


def test_without_votes_the_line_says_not_enough_yet(riverside: Organisation, bea: Account) -> None:
    draw_line(riverside)
    page = at_desk(bea).get("/riverside/decide/line/").content.decode()
    assert shows(page, "line-not-enough")


def test_a_package_says_how_near_it_comes_to_the_best_and_who_has_less_than_their_due(
    riverside: Organisation, demands: tuple[Demand, Demand, Demand], bea: Account
) -> None:
    compared(riverside, demands)
    line = draw_line(riverside)
    slate = LinePresentation(line, Threshold(5)).slates[0]
    assert slate.row.best == BestReach(share=slate.row.coverage.value, at_most=slate.row.coverage.value)
    assert str(RULES["fewest left out"]) in slate.rules
    page = at_desk(bea).get("/riverside/decide/line/").content.decode()
    assert shows(page, "best-of-this-length", len(slate.demands))
    assert shows(page, "everybody-has-their-due")
    assert not shows(page, "less-than-due")


def test_a_shortfall_is_told_with_its_number_only_from_the_threshold_on() -> None:
    reach = IntervalEstimate(0.4, 0.5, 0.6)
    short = Underrepresented(demand=2, due=1, people=6)
    slate = ProposedSlate(
        rule="equal shares",
        size=1,
        demands=(1,),
        coverage=reach,
        friction=reach,
        justified=True,
        overlooked=(),
        exact=True,
        without=(),
        best=BestReach(share=0.75, at_most=0.8),
        underrepresented=(short,),
    )
    assert holds(describe_best(slate, 5), 75, 80)
    assert holds(describe_due(slate, 5), 6)
    assert not holds(describe_due(slate, 10), 6)
    assert describe_best(replace(slate, best=None), 5) == describe_due(replace(slate, best=None), 5) == ""
