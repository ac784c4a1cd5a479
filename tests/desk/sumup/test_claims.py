"""Summing up: every claim opens the words it rests on, a second organiser signs, and what is published stays."""

import hashlib
from datetime import date
from typing import Any

import pytest

from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims import actions, signing_readiness
from massline.desk.sumup.claims.citations import describe_statement_result, map_summary_of
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations import moderation as conversations
from massline.square.conversations.models import Statement
from massline.square.reports.models import ReportBack
from tests.desk import heard_round
from tests.desk.heard_round import ARABIC, COAT, claims
from tests.desk.sumup.refused_reasons import kinds


def test_a_citation_keeps_the_words_to_the_byte_and_says_where_they_are_from(written: SumUp) -> None:
    cited = list(claims(written)[0].citations.all())
    assert [one.text for one in cited] == [COAT, ARABIC, heard_round.SEEDS[0]]
    assert [one.origin for one in cited] == [
        "Block C, at the door, 12 November",
        "Block C, at the door, 12 November",
        describe_statement_result(0, map_summary_of(written.round), Threshold(5)),
    ]
    for one in cited:
        assert one.digest == hashlib.sha256(one.text.encode()).hexdigest()


def test_a_new_sum_up_says_everything_it_lacks(heating: ListeningRound, bea: Account, amal: Account) -> None:
    empty = actions.begin_sum_up(round_=heating, title="Heating", by=bea)
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=empty, by=amal)
    assert kinds(refused) == [
        signing_readiness.NoClaims,
        signing_readiness.NoSummary,
        signing_readiness.NoNextStep,
        signing_readiness.MinorityNotConsidered,
    ]


def test_a_claim_without_words_cannot_be_signed_or_published(
    written: SumUp, bea: Account, amal: Account
) -> None:
    bare = actions.add_claim(sum_up=written, text="Everybody is angry.", by=bea)
    for verb in (actions.sign_sum_up, actions.publish_sum_up):
        with pytest.raises(NotReady) as refused:
            verb(sum_up=written, by=amal)
        assert signing_readiness.Uncited(bare) in refused.value.reasons
    assert not ReportBack.objects.exists()


def test_a_round_that_heard_nobody_cannot_be_summed_up(
    riverside: Organisation, bea: Account, amal: Account
) -> None:
    from massline.desk.listen.rounds.actions import open_round

    silent = open_round(organisation=riverside, question="Anybody?", closes_on=date(2027, 1, 1), by=bea)
    sum_up = actions.begin_sum_up(round_=silent, title="Nobody", by=bea)
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=sum_up, by=amal)
    assert signing_readiness.NothingHeard() in refused.value.reasons


def test_that_no_other_view_was_found_has_to_be_said(written: SumUp, bea: Account, amal: Account) -> None:
    actions.remove_claim(claim=claims(written)[1], by=bea)
    assert signing_readiness.find_missing_parts(written) == [signing_readiness.MinorityNotConsidered()]
    said = written.heard, written.unknown, written.next_step
    words: Any = dict(zip(("heard", "unknown", "next_step"), said, strict=True))
    actions.describe_sum_up(sum_up=written, **words, no_minority=True, by=bea)
    assert signing_readiness.find_missing_parts(written) == [signing_readiness.LookedNowhere()]
    actions.describe_sum_up(sum_up=written, **words, looked_at="All four voices.", by=bea)
    assert signing_readiness.find_missing_parts(written) == []
    actions.sign_sum_up(sum_up=written, by=amal)
    assert actions.publish_sum_up(sum_up=written, by=bea).looked_at == "All four voices."


def test_the_writer_cannot_sign_her_own_and_a_member_cannot_sign_at_all(
    written: SumUp, bea: Account, chen: Account, amal: Account
) -> None:
    for by, reason in ((bea, signing_readiness.OwnWords), (chen, signing_readiness.NotAnOrganiser)):
        with pytest.raises(NotReady) as refused:
            actions.sign_sum_up(sum_up=written, by=by)
        assert kinds(refused) == [reason]
    actions.sign_sum_up(sum_up=written, by=amal)
    assert (written.state, written.signed_by) == ("signed", amal)


def test_whoever_changed_it_last_is_not_the_second_pair_of_eyes(
    written: SumUp, bea: Account, amal: Account
) -> None:
    actions.move_claim(claim=claims(written)[1], up=True, by=amal)
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=SumUp.objects.get(), by=amal)
    assert kinds(refused) == [signing_readiness.OwnWords]
    actions.sign_sum_up(sum_up=written, by=bea)


@pytest.mark.parametrize("change", ["add", "edit", "remove", "move", "describe"])
def test_any_change_takes_the_signature_away(
    written: SumUp, bea: Account, amal: Account, change: str
) -> None:
    actions.sign_sum_up(sum_up=written, by=amal)
    claim = claims(written)[0]
    verbs: dict[str, Any] = {
        "add": lambda: actions.add_claim(sum_up=written, text="More.", by=bea),
        "edit": lambda: actions.edit_claim(
            claim=claim, text="Less.", voices=[], statements=[], minority=False, by=bea
        ),
        "remove": lambda: actions.remove_claim(claim=claim, by=bea),
        "move": lambda: actions.move_claim(claim=claim, up=False, by=bea),
        "describe": lambda: actions.describe_sum_up(
            sum_up=written, heard="x", unknown="", next_step="y", by=bea
        ),
    }
    verbs[change]()
    now = SumUp.objects.get()
    assert (now.state, now.signed_by, now.signed_on) == ("draft", None, None)
    with pytest.raises(NotReady) as refused:
        actions.publish_sum_up(sum_up=now, by=amal)
    assert signing_readiness.NotSigned in kinds(refused)


def test_claims_change_places_and_keep_their_numbers(written: SumUp, bea: Account) -> None:
    first, second = claims(written)
    actions.move_claim(claim=second, up=True, by=bea)
    assert [(one.pk, one.order) for one in claims(written)] == [(second.pk, 1), (first.pk, 2)]
    actions.move_claim(claim=claims(written)[0], up=True, by=bea)
    assert claims(written)[0].pk == second.pk
    actions.remove_claim(claim=claims(written)[0], by=bea)
    assert [(one.pk, one.order) for one in claims(written)] == [(first.pk, 1)]


def test_a_quote_that_no_longer_equals_its_source_stops_the_signature_and_the_report(
    written: SumUp, amal: Account, bea: Account
) -> None:
    Voice.objects.filter(text=COAT).update(text=COAT.strip())
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=written, by=amal)
    assert kinds(refused) == [signing_readiness.QuoteChanged]
    claim = claims(written)[0]
    fresh = [heard_round.voice(written.round, COAT.strip())]
    actions.edit_claim(claim=claim, text=claim.text, voices=fresh, statements=[], minority=False, by=bea)
    actions.sign_sum_up(sum_up=written, by=amal)
    Voice.objects.filter(text=COAT.strip()).update(text="something else")
    with pytest.raises(NotReady) as refused:
        actions.publish_sum_up(sum_up=written, by=amal)
    assert kinds(refused) == [signing_readiness.QuoteChanged]


def test_a_statement_turned_down_since_is_not_quoted(written: SumUp, amal: Account) -> None:
    conversations.reject_statement(Statement.objects.get(number=0), reason="names a person")
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=written, by=amal)
    assert kinds(refused) == [signing_readiness.QuoteGone]


def test_words_of_another_round_cannot_carry_a_claim(
    written: SumUp, harbour: Organisation, dina: Account, bea: Account
) -> None:
    Section.objects.create(organisation=harbour, name="Block A", headcount=9)
    Section.objects.create(organisation=harbour, name="Block C", headcount=9)
    elsewhere = heard_round.heating(harbour, dina)
    theirs: dict[str, Any] = {
        "voices": [heard_round.voice(elsewhere, COAT)],
        "statements": [heard_round.statement(elsewhere)],
    }
    with pytest.raises(NotReady) as refused:
        actions.add_claim(sum_up=written, text="Theirs.", by=bea, **theirs)
    assert kinds(refused) == [signing_readiness.NotOfThisRound] * 2
    assert written.claims.count() == 2
