"""The first round of the demonstration: what was heard about the heating, and its sum-up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo import first_loop_texts, simulated_voters
from massline.desk.listen.conversations import moderation
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.models import Claim
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Statement
from massline.square.conversations.results import snapshot

if TYPE_CHECKING:
    from massline.demo import DemoCast


PEOPLE = 200


def record_field_reports(
    cast: DemoCast, round_: ListeningRound, heard: tuple[tuple[str, str, int, int, str, str], ...]
) -> None:
    sections = {section.name: section for section in cast.union.sections.all()}
    for name, channel, mood, people, kind, words in heard:
        field_report_actions.write_field_report(
            round_=round_,
            by=cast.chen,
            section=sections[name],
            channel=channel,
            mood=mood,
            people=people,
            voices=[field_report_actions.VoiceText(words, kind)],
        )


def hold_round(cast: DemoCast) -> ListeningRound:
    round_ = round_actions.open_round(
        organisation=cast.union,
        question=first_loop_texts.FIRST_QUESTION,
        why=first_loop_texts.FIRST_WHY,
        closes_on=timezone.localdate() + timedelta(days=7),
        seeds=[idea.text for idea in first_loop_texts.FIRST_IDEAS],
        by=cast.amal,
    )
    record_field_reports(cast, round_, first_loop_texts.FIRST_VOICES)
    conversation = round_actions.conversation_of(round_)
    assert conversation is not None
    for number, idea in enumerate(first_loop_texts.FIRST_OWN_WORDS):
        statement = conversation_actions.add_statement(conversation, text=idea.text, token=f"writer {number}")
        moderation.moderate_statement(statement, round_=round_, by=cast.bea, show=True)
    simulated_voters.cast_votes(
        conversation,
        (*first_loop_texts.FIRST_IDEAS, *first_loop_texts.FIRST_OWN_WORDS),
        people=PEOPLE,
        seed=1,
    )
    snapshot.take_snapshot(conversation)
    return round_


def sum_up(cast: DemoCast, round_: ListeningRound) -> list[Claim]:
    conversation = round_actions.conversation_of(round_)
    written = sumup.begin_sum_up(round_=round_, title=first_loop_texts.FIRST_SUM_UP, by=cast.amal)
    voices = {voice.text: voice for voice in Voice.objects.of_round(round_)}
    statements = {
        statement.number: statement for statement in Statement.objects.filter(conversation=conversation)
    }
    claims = [
        sumup.add_claim(
            sum_up=written,
            text=claim.text,
            voices=[voices[first_loop_texts.FIRST_VOICES[n][5]] for n in claim.voices],
            statements=[statements[n] for n in claim.statements],
            minority=claim.minority,
            by=cast.amal,
        )
        for claim in first_loop_texts.FIRST_CLAIMS
    ]
    sumup.describe_sum_up(
        sum_up=written,
        heard=first_loop_texts.FIRST_HEARD,
        unknown=first_loop_texts.FIRST_UNKNOWN,
        next_step=first_loop_texts.FIRST_NEXT,
        by=cast.amal,
    )
    sumup.sign_sum_up(sum_up=written, by=cast.bea)
    sumup.publish_sum_up(sum_up=written, by=cast.amal)
    return claims
