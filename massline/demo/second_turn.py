"""The second turn, under way: a new question out of the last lesson, and a mass meeting to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo import crowd, story
from massline.demo.clock import days_ago
from massline.demo.first_turn import sign_up, write_down
from massline.desk.act.models import Event
from massline.desk.learn import actions as learn
from massline.desk.learn.models import Lesson
from massline.desk.listen import actions as listen
from massline.desk.listen.models.hearing import Channel, ListeningRound, middle_mood
from massline.square.conversations import actions as conversations

if TYPE_CHECKING:
    from massline.demo import Cast


def begin(cast: Cast, lesson: Lesson) -> None:
    with days_ago(6):
        round_ = learn.open_next_round(
            lesson=lesson,
            question=story.SECOND_QUESTION,
            why=story.SECOND_WHY,
            closes_on=timezone.localdate() + timedelta(days=9),
            seeds=[idea.text for idea in story.SECOND_IDEAS],
            by=cast.amal,
        )
    with days_ago(2):
        write_down(cast, round_, story.SECOND_VOICES)
        conversation = listen.conversation_of(round_)
        assert conversation is not None
        crowd.vote(conversation, story.SECOND_IDEAS, people=140, seed=2)
        conversations.take_snapshot(conversation)
        crowd.vote_as_asked(conversation, story.SECOND_IDEAS, people=16, answers=5, seed=3)
        for number, words in enumerate(story.SECOND_HELD):
            author = conversations.join(conversation, token=f"writer {number}")
            conversations.add_statement(conversation, text=words, author=author)
        conversations.take_snapshot(conversation)
        sign_up(Event.objects.of(cast.union).mass_meetings().coming_up().get())
    meet_by_stairwell(cast, round_)


def meet_by_stairwell(cast: Cast, round_: ListeningRound) -> None:
    """Tonight the block that believed nobody is ready to act: three meetings, counted step by step."""
    section = round_.sections.get(name=story.TURNING)
    for steps, words in story.TURNING_NIGHT:
        listen.write_field_report(
            round_=round_,
            by=cast.bea,
            section=section,
            channel=Channel.MEETING,
            mood=middle_mood(steps),
            people=sum(steps),
            steps=list(steps),
            voices=[listen.Said(words)],
        )
