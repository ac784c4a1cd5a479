"""Demo of learning and growth: an imported list, mandates, a ladder, trials elsewhere and a hypothesis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.contacts.imports import actions
from massline.desk.contacts.imports.column_mapping import guess_columns
from massline.desk.contacts.imports.import_candidates import read_candidates
from massline.desk.contacts.imports.list_reader import read_table
from massline.desk.learn.corrections import actions as correction_actions
from massline.desk.learn.hypotheses import actions as hypothesis_actions
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.models import Agreement
from massline.desk.learn.sharing import actions as sharing_actions
from massline.desk.people import contact_welcome, ladder_and_study_actions, mandate_actions
from massline.desk.people.models import Contact, Organisation
from massline.desk.people.scope import scope_to_everything

if TYPE_CHECKING:
    from massline.demo import DemoCast

LIST = """First name,Last name,Phone,Agreed,Support score
Noura,,+49 555 030 001,2026-05-02,5
Pavel,Novák,+49 555 030 002,yes,3
Dilan,,,yes,4
Heinz,Krüger,+49 555 030 004,no,1
"""
RUNGS = (
    ("Came once", "came", 1),
    ("Comes again", "came", 2),
    ("Takes a shift", "shift", 1),
    ("Carries a task", "role", 1),
)
STEPS = (
    "Knock at a door and listen for ten minutes",
    "Write down words as they were said",
    "Chair half an hour of a meeting",
)


def play_learning(cast: DemoCast, lesson: Lesson) -> None:
    """Play what follows the first turn of the loop."""
    with days_ago(8):
        _welcome_and_teach(cast)
        _follow_up(cast, lesson)
    with days_ago(3):
        _report_trials(cast, lesson)
        _import_list(cast)


def _welcome_and_teach(cast: DemoCast) -> None:
    for name, deed, times in RUNGS:
        ladder_and_study_actions.add_rung(
            organisation=cast.union, name=name, deed=deed, times=times, by=cast.amal
        )
    for what in STEPS:
        ladder_and_study_actions.add_study_step(
            organisation=cast.union, path="Your first four weeks", what=what, teacher=cast.bea, by=cast.bea
        )
    in_half_a_year = timezone.localdate() + timedelta(days=170)
    for what, days in (
        ("Stewards and shifts", in_half_a_year),
        ("The till", timezone.localdate() + timedelta(days=15)),
    ):
        mandate = mandate_actions.give_mandate(
            organisation=cast.union, what=what, given_by="Mass meeting", ends_on=days, by=cast.amal
        )
        mandate_actions.assign_part(mandate=mandate, part="main", account=cast.bea, by=cast.amal)
        mandate_actions.assign_part(mandate=mandate, part="deputy", account=cast.chen, by=cast.amal)
    everybody = list(Contact.objects.of(cast.union).order_by("pk"))
    learner = everybody[0]
    mandate_actions.assign_part(mandate=mandate, part="learner", contact=learner, by=cast.bea)
    first = cast.union.study_paths.get().steps.first()
    assert first is not None
    for number, contact in enumerate(everybody):
        by = (cast.amal, cast.bea)[number % 2]
        contact_welcome.welcome_contact(contact=contact, buddy=by if number < 6 else None, by=by)
    for contact in everybody[:4]:
        ladder_and_study_actions.record_learnt(contact=contact, step=first, by=cast.bea)
        contact_welcome.vouch_for_contact(contact=contact, by=cast.amal)


def _follow_up(cast: DemoCast, lesson: Lesson) -> None:
    review = lesson.review
    soon = timezone.localdate() + timedelta(days=6)
    Agreement.objects.create(
        review=review, what="Knock in Block C before the next meeting", who=cast.chen, due_on=soon
    )
    hypothesis = hypothesis_actions.add_hypothesis(
        organisation=cast.union,
        claim="Who is asked at the door comes; who reads a leaflet does not.",
        would_fall="Two meetings filled by leaflets alone.",
        review_on=timezone.localdate() + timedelta(days=365),
        by=cast.bea,
    )
    hypothesis_actions.add_evidence(
        hypothesis=hypothesis,
        speaks_for=True,
        words="94 came, asked stairwell by stairwell.",
        review=review,
        by=cast.bea,
    )
    hypothesis_actions.add_evidence(
        hypothesis=hypothesis,
        speaks_for=False,
        words="Eleven of those who came had only seen the poster.",
        source="Asked at the door, by show of hands",
        by=cast.chen,
    )
    correction = correction_actions.admit_error(
        organisation=cast.union,
        wrong="The office took 241 letters.",
        where="Said from the steps of the office",
        owner=cast.amal,
        due_on=soon,
        by=cast.amal,
    )
    correction_actions.resolve_correction(
        correction=correction, right="It took 214 letters. We counted again.", by=cast.amal
    )


def _report_trials(cast: DemoCast, lesson: Lesson) -> None:
    with scope_to_everything("the demo plays the chapters too"):
        chapters = Organisation.objects.filter(parent=cast.union).order_by("pk")
        words = ("Forty came for a date on the lift.", "", "Nobody believed in a date any more.")
        for chapter, held, words_of_chapter in zip(chapters, (True, True, False), words, strict=True):
            sharing_actions.record_trial(
                organisation=chapter, lesson=lesson.uuid, held=held, words=words_of_chapter, by=cast.bea
            )


def _import_list(cast: DemoCast) -> None:
    table = read_table(LIST.encode())
    actions.import_contacts(
        organisation=cast.union,
        vault=cast.vault,
        candidates=list(read_candidates(table, guess_columns(table.headers))),
        origin=actions.ListOrigin("The stall in May, each signed on paper"),
        by=cast.amal,
    )
