"""Demo of two chapters that act and learn, and share lessons and public texts with the union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.learn.sharing import actions
from massline.desk.learn.sharing.models import GiftKind
from massline.desk.people.models import Organisation
from massline.desk.people.scope import scope_to_everything
from massline.square.calls.models import PublishedCall
from massline.web.absolute_urls import public_url

if TYPE_CHECKING:
    from massline.demo import DemoCast


@dataclass(frozen=True)
class ChapterAction:
    """A small action of a chapter, and the lesson of it."""

    slug: str
    title: str
    place: str
    expected: int
    came: int
    happened: str
    because: str
    change: str
    claim: str
    context: str
    evidence: str


CHAPTER_ACTIONS = (
    ChapterAction(
        slug="mill-lane",
        title="We hand our letters to the lift company",
        place="Mill Lane, by the lift",
        expected=20,
        came=38,
        happened="Thirty-eight came; an engineer was there the same week.",
        because="Those of the upper floors asked each other.",
        change="Begin with the upper floors.",
        claim="Whoever bears the most asks best: begin where the stairs are longest.",
        context="Forty stairwells, one lift.",
        evidence="25 of 38 live above the third floor.",
    ),
    ChapterAction(
        slug="harbour",
        title="Tea at the quay about the heating",
        place="Quay House, ground floor",
        expected=40,
        came=17,
        happened="Seventeen came; nobody from Clock House.",
        because="The leaflet hung in one house alone.",
        change="Knock in Clock House, with somebody who lives there.",
        claim="A leaflet in one house brings that house and no other.",
        context="Two houses, one leaflet.",
        evidence="17 of 17 live where it hung.",
    ),
)


def play_sister_chapters(cast: DemoCast) -> None:
    """Play the actions of two chapters after the union's first turn."""
    with scope_to_everything("the demo plays the chapters too"):
        for done in CHAPTER_ACTIONS:
            _act_and_learn(cast, done)
        _pass_on(cast)


def _act_and_learn(cast: DemoCast, done: ChapterAction) -> None:
    chapter = Organisation.objects.get(slug=done.slug)
    with days_ago(7):
        now = timezone.now()
        event = act.plan_event(
            organisation=chapter,
            by=cast.bea,
            facts=EventPlan(
                kind="action",
                title=done.title,
                starts_at=now + timedelta(hours=8),
                ends_at=now + timedelta(hours=9),
                place=done.place,
                forecast=done.expected,
            ),
        )
    following = Event.objects.filter(organisation=cast.union, kind="mass_meeting").coming_up().first()
    with days_ago(6):
        act.record_headcount(event=event, headcount=done.came, by=cast.bea)
        review = review_actions.hold_review(
            event=event,
            expected=f"{done.expected} come.",
            happened=done.happened,
            because=done.because,
            change=done.change,
            next_event=following,
            by=cast.bea,
        )
        lesson_actions.keep_lesson(
            review=review,
            claim=done.claim,
            context=done.context,
            evidence=done.evidence,
            no_names=True,
            by=cast.bea,
        )


def _pass_on(cast: DemoCast) -> None:
    """Pass a call of the union to its chapters, and a chapter's sentence to the union."""
    called = PublishedCall.objects.filter(organisation__uuid=cast.union.uuid).earliest("pk")
    chapters = Organisation.objects.filter(parent=cast.union)
    with days_ago(6):
        actions.share_public_text(
            organisation=cast.union,
            what=GiftKind.CALL,
            text=called.slogan,
            address=public_url(called.get_absolute_url()),
            to=chapters,
            by=cast.amal,
        )
        actions.share_public_text(
            organisation=chapters.get(slug="mill-lane"),
            what=GiftKind.STATEMENT,
            text="No rent goes up while a lift stands still.",
            address=public_url("/mill-lane/"),
            to=[cast.union],
            by=cast.bea,
        )
