"""Who is not in a sum-up: counted in parts, rounded, never a person; and what would leave fewer people out."""

from dataclasses import replace

import numpy as np
import pytest

from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.representation.edition_answers import opinion_parts
from massline.desk.sumup.representation.unrepresented_people import Representation, find_unrepresented_people
from massline.engine import opinion
from massline.engine.opinion import place_participant
from massline.engine.votes import VoteTable
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Participant, Statement, Value
from massline.square.conversations.results import snapshot
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.engine.opinion.conversations import two_camps
from tests.parts import parts, shows
from tests.votes import tell_everything, vote

WANTED, FEW = 20, 12


@pytest.fixture
def sum_up(riverside: Organisation, bea: Account) -> SumUp:
    """Twenty of Block C want the bill and heat; twelve of Block A agree with neither, and with two statements of their own."""
    round_ = heard_round.heating(riverside, bea)
    conversation = conversation_of(round_)
    assert conversation is not None
    conversation.participants.all().delete()
    for number, text in ((2, "A lift for the old."), (3, "Ramps at both doors.")):
        Statement.objects.create(conversation=conversation, number=number, text=text, state="shown")
    own = {0: {0}, 1: {2, 3}}
    for n in range(WANTED + FEW):
        person = conversation_actions.join_conversation(conversation, token=f"voter {n}")
        for statement in conversation.statements.shown():
            agrees = statement.number in own[n >= WANTED] or (n < WANTED and n % 2 and statement.number == 1)
            vote(person, statement, value=Value.AGREE if agrees else Value.DISAGREE)
    people = list(Participant.objects.filter(conversation=conversation).order_by("pk"))
    wanting = set(
        Participant.objects.filter(votes__statement__number=0, votes__value=1).values_list("pk", flat=True)
    )
    for person in people:
        person.section = "Block C" if person.pk in wanting else "Block A"
        person.save()
    tell_everything(conversation)
    snapshot.take_snapshot(conversation)
    return actions.begin_sum_up(round_=round_, title="Warm rooms", by=bea)


def cite(sum_up: SumUp, bea: Account, *numbers: int) -> Representation:
    statements = [heard_round.statement(sum_up.round, number) for number in numbers]
    actions.add_claim(sum_up=sum_up, text="They want it.", statements=statements, by=bea)
    return look(sum_up)


def look(sum_up: SumUp) -> Representation:
    found = find_unrepresented_people(list(sum_up.claims.with_words()), CitedData(sum_up.round))
    assert found is not None
    return found


def test_it_says_how_many_agree_with_nothing_and_in_which_section(sum_up: SumUp, bea: Account) -> None:
    found = cite(sum_up, bea, 0)
    assert found.ballots.voters == WANTED + FEW
    assert int((~found.reached).sum()) == FEW
    assert found.left_out in {10, 15}
    rows = {part.name: part for part in found.by_section}
    assert rows["Block C"].left_out == 0
    assert rows["Block A"].left_out in {10, 15}
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/left-out/")
    assert shows(page, "left-out", found.left_out, found.voters)
    assert shows(page, "left-out-by-sections", "Block A")
    assert parts(page, "left-out-in-part")[0] == str(rows["Block A"].left_out)
    assert rows["Block A"].left_out <= rows["Block A"].people
    assert shows(page, "left-out-by-opinions")


def test_it_compares_with_the_best_and_says_who_is_due_more(sum_up: SumUp, bea: Account) -> None:
    found = cite(sum_up, bea, 0, 1)
    assert not found.is_best
    assert found.best.exact
    assert found.best.people == WANTED + FEW
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/left-out/")
    assert shows(page, "fewest-left-out", found.fewest_left_out)
    assert shows(page, "everybody-has-their-due")
    actions.edit_claim(
        claim=sum_up.claims.get(),
        text="They want it.",
        voices=[],
        statements=[heard_round.statement(sum_up.round, number) for number in (0, 2)],
        minority=False,
        by=bea,
    )
    assert look(sum_up).is_best
    assert look(sum_up).left_out == 0


def test_those_with_less_than_their_due_are_named_by_what_they_want(sum_up: SumUp, bea: Account) -> None:
    cite(sum_up, bea, 2, 3)
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/left-out/")
    assert shows(page, "less-than-due")
    assert heard_round.statement(sum_up.round, 0).text in page.content.decode()


def test_it_proposes_what_leaves_fewest_out_and_keeps_the_few(sum_up: SumUp, bea: Account) -> None:
    door, address = at_desk(bea), f"/riverside/sum-up/{sum_up.pk}/left-out/"
    page = door.get(address)
    assert shows(page, "no-statement-quoted")
    proposed = parts(page, "proposed")
    assert any(heard_round.statement(sum_up.round, 0).text in text for text in proposed)
    assert look(sum_up).proposed.reach.people == WANTED + FEW
    chosen = heard_round.statement(sum_up.round, 2)
    given = {"statements": chosen.pk, "look": "page=1", "minority": "on"}
    begun = door.post(f"/riverside/sum-up/{sum_up.pk}/claims/", given).content.decode()
    assert f'value="{chosen.pk}"' in begun
    assert not sum_up.claims.exists()
    cite(sum_up, bea, 2)
    assert shows(door.get(address), "already-quoted")


def test_nothing_is_said_of_few_people(riverside: Organisation, sum_up: SumUp, bea: Account) -> None:
    cite(sum_up, bea, 0)
    riverside.small_cell = 15
    riverside.save()
    sum_up.round.organisation.refresh_from_db()
    found = look(sum_up)
    assert [part.name for part in found.by_section] == ["Block C"]
    assert found.left_out % 15 == 0
    riverside.small_cell = 30
    riverside.save()
    sum_up.round.organisation.refresh_from_db()
    assert not look(sum_up).enough
    page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/left-out/")
    assert shows(page, "too-few-to-say-who", 60)
    assert not shows(page, "left-out")


def test_the_same_list_gives_the_same_figures_and_members_do_not_see_them(
    sum_up: SumUp, bea: Account, chen: Account
) -> None:
    first = cite(sum_up, bea, 0)
    assert [look(sum_up).left_out for _ in range(5)] == [first.left_out] * 5
    assert at_desk(chen).get(f"/riverside/sum-up/{sum_up.pk}/left-out/").status_code == 404


def test_everybody_is_where_the_map_puts_them() -> None:
    table = VoteTable.from_rows(two_camps(150, 30, seed=3))
    drawn = opinion.document(opinion.estimate(table, seed=1)).result
    assert drawn.groups
    parts = opinion_parts(drawn, table)
    document = opinion.document(opinion.estimate(table, seed=1))
    for voter in range(table.shape[0]):
        span = slice(table.start[voter], table.start[voter + 1])
        numbers = table.statements[table.statement[span]].tolist()
        put = place_participant(document, dict(zip(numbers, table.value[span].tolist(), strict=True)))
        assert parts[voter] == (-1 if isinstance(put, opinion.NotEnough) else put[2])
    thirds = opinion_parts(replace(drawn, groups=()), table)
    assert np.bincount(thirds[thirds >= 0]).tolist() == [50, 50, 50]
