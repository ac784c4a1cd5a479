"""Demo of summing up: answers, reactions to a report-back, themes, mood, and a draft with a masked quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from massline.demo.clock import days_ago
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound, Voice, VoiceKind
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims import actions as action_writing
from massline.desk.sumup.claims import reidentification_check as action_safeguarding
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.estimates import mood, pulse, themes
from massline.desk.sumup.masking.personal_data import flags_of
from massline.desk.sumup.questions import actions as action_answering
from massline.desk.sumup.questions.open_questions import list_open_questions
from massline.square.reports import reader_answers
from massline.square.reports.models import HeardAnswer, ReportBack

if TYPE_CHECKING:
    from massline.demo import DemoCast

COLD_KITCHEN = "Mrs. Aydin sleeps in the kitchen. Ring me, 0151 23456789, I have her key."
ANSWER = (
    "Nobody alone. The union's fund pays court costs up to 2,000 euros a case, and a case is only brought where the "
    "meeting has decided it."
)
SOURCES = "Statutes of the union, § 9\nMinutes of the mass meeting, point 4"
THROWN_OUT = "No. Walking to an office is no breach of any contract. If anybody gets a letter, bring it to us the same day."
DRAFT = "Three dates, and two blocks without"
HEARD_BACK = ((9, 2, 1), (11, 1, 0), (5, 4, 3), (8, 2, 0))


def play_sum_up(cast: DemoCast) -> None:
    """Use every room of the sum-up stage on both rounds."""
    first, second = ListeningRound.objects.of(cast.union).order_by("pk")
    with days_ago(15):
        answer_question(cast, cast.union, "Who pays if we lose?", ANSWER, SOURCES)
    with days_ago(14):
        answer_question(
            cast, cast.union, "Can they throw me out for coming?", THROWN_OUT, "Our lawyer, asked by phone"
        )
        answer_report_back(cast.union)
    themes.take_theme_snapshot(first)
    write_draft(cast, second)
    themes.take_theme_snapshot(second)
    mood.take_mood_snapshot(cast.union)
    pulse.take_organisation_pulse(cast.union)


def answer_question(cast: DemoCast, union: Organisation, question: str, words: str, sources: str) -> None:
    asked = next(
        open_question for open_question in list_open_questions(union) if open_question.text == question
    )
    action_answering.answer_questions(
        organisation=union, questions=[asked], text=words, sources=sources, by=cast.bea
    )


def answer_report_back(union: Organisation) -> None:
    """Let readers answer whether they were heard right."""
    report = ReportBack.objects.get(organisation__uuid=union.uuid)
    for claim, counts in zip(report.claims.all(), HEARD_BACK, strict=True):
        values = [value for value, n in zip(HeardAnswer, counts, strict=True) for _ in range(n)]
        for reader, value in enumerate(values):
            reader_answers.record_answer(claim, token=f"reader {reader} of {claim.order}", value=value)


def write_draft(cast: DemoCast, round_: ListeningRound) -> SumUp:
    """Write half a sum-up: one masked quote, one number checked against the answers, one finding removed."""
    field_report_actions.write_field_report(
        round_=round_,
        by=cast.chen,
        section=round_.sections.get(name="Block B"),
        channel="door",
        mood=2,
        people=1,
        voices=[field_report_actions.VoiceText(COLD_KITCHEN, VoiceKind.NEED)],
    )
    draft = action_writing.begin_sum_up(round_=round_, title=DRAFT, by=cast.amal)
    cold = Voice.objects.get(report__round=round_, text=COLD_KITCHEN)
    again = Voice.objects.get(report__round=round_, text="Three dates, and we are not among them. Again.")
    action_writing.add_claim(
        sum_up=draft, text="Block B and Block C still freeze.", voices=[cold, again], by=cast.amal
    )
    spans = [(flag.start, flag.end) for flag in flags_of(cold)]
    action_safeguarding.confirm_masking(sum_up=draft, voice=cold, spans=spans, by=cast.amal)
    conversation = round_actions.conversation_of(round_)
    assert conversation is not None
    not_before_the_last = conversation.statements.get(number=0)
    action_writing.add_claim(
        sum_up=draft,
        text="Half of us would stop now.",
        statements=[not_before_the_last],
        minority=True,
        by=cast.amal,
    )
    doubtful = action_writing.add_claim(sum_up=draft, text="Nobody trusts the office.", by=cast.amal)
    action_writing.remove_claim(claim=doubtful, by=cast.amal)
    return draft
