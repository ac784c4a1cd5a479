"""The second turn of the loop, under way: a new question from the last lesson, and a mass meeting ahead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo import second_loop_texts, simulated_voters
from massline.demo.clock import days_ago
from massline.demo.first_loop import sign_up
from massline.demo.first_round import record_field_reports
from massline.desk.act.events.models import Event
from massline.desk.learn.lessons import actions as learn
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.field_reports import actions as field_reports
from massline.desk.listen.rounds import actions as listen
from massline.desk.listen.rounds.models import Channel, ListeningRound, middle_mood
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.results import robustness, snapshot

if TYPE_CHECKING:
    from massline.demo import DemoCast


def play_second_loop(cast: DemoCast, lesson: Lesson) -> None:
    with days_ago(6):
        round_ = learn.open_next_round(
            lesson=lesson,
            question=second_loop_texts.SECOND_QUESTION,
            why=second_loop_texts.SECOND_WHY,
            closes_on=timezone.localdate() + timedelta(days=9),
            seeds=[idea.text for idea in second_loop_texts.SECOND_IDEAS],
            by=cast.amal,
        )
    with days_ago(2):
        record_field_reports(cast, round_, second_loop_texts.SECOND_VOICES)
        conversation = listen.conversation_of(round_)
        assert conversation is not None
        simulated_voters.cast_votes(conversation, second_loop_texts.SECOND_IDEAS, people=140, seed=2)
        simulated_voters.cast_agreed_votes(conversation, second_loop_texts.SECOND_IDEAS, people=14, seed=4)
        snapshot.take_snapshot(conversation)
        simulated_voters.cast_routed_votes(
            conversation, second_loop_texts.SECOND_IDEAS, people=16, answers=5, seed=3
        )
        for number, words in enumerate(second_loop_texts.SECOND_HELD):
            conversation_actions.add_statement(conversation, text=words, token=f"writer {number}")
        snapshot.take_snapshot(conversation)
        robustness.request_robustness(conversation.pk)
        sign_up(Event.objects.of(cast.union).mass_meetings().coming_up().get())
    meet_by_stairwell(cast, round_)


def meet_by_stairwell(cast: DemoCast, round_: ListeningRound) -> None:
    """Tonight the block that believed nobody is ready to act: three meetings, counted step by step."""
    section = round_.sections.get(name=second_loop_texts.TURNING)
    for steps, words in second_loop_texts.TURNING_NIGHT:
        field_reports.write_field_report(
            round_=round_,
            by=cast.bea,
            section=section,
            channel=Channel.MEETING,
            mood=middle_mood(steps),
            people=sum(steps),
            steps=list(steps),
            voices=[field_reports.VoiceText(words)],
        )
