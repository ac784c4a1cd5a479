"""What a compartment sums up: claims that cite, a look at a quote, an answer in the open and one that waits."""

from massline.desk.listen.field_reports import actions as listen
from massline.desk.listen.rounds.models import ListeningRound, Voice, VoiceKind
from massline.desk.sumup.analyses.actions import SourcedPoint, write_analysis
from massline.desk.sumup.claims import actions as action_writing
from massline.desk.sumup.claims import reidentification_check as action_safeguarding
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.questions import actions as action_answering
from massline.desk.sumup.questions.open_questions import list_open_questions
from tests.wall.compartments import Compartment


def write(home: Compartment, round_: ListeningRound, mark: str) -> SumUp:
    """A sum-up that lacks nothing but the second signature."""
    by = home.organiser
    sum_up = action_writing.begin_sum_up(round_=round_, title=f"Cold rooms {mark}", by=by)
    words = list(Voice.objects.of_round(round_).filter(text__contains=home.marks.said))
    for minority in (False, True):
        action_writing.add_claim(sum_up=sum_up, text=f"Cold {mark}", voices=words, minority=minority, by=by)
    heard, unknown, onward = (f"{word} {mark}" for word in ("Cold", "Block B", "We meet"))
    action_writing.describe_sum_up(
        sum_up=sum_up,
        heard=heard,
        unknown=unknown,
        next_step=onward,
        no_minority=True,
        looked_at=f"Two doors {mark}",
        by=by,
    )
    return sum_up


def answer_and_take_out(home: Compartment, round_: ListeningRound, draft: SumUp) -> None:
    """One question answered in the open, one that waits, and a claim that was taken out of a draft."""
    for mark in (home.marks.said, home.marks.kept):
        listen.write_field_report(
            round_=round_,
            by=home.member,
            section=round_.sections.earliest("pk"),
            channel="door",
            mood=3,
            people=2,
            voices=[listen.VoiceText(f"Who pays {mark}?", VoiceKind.QUESTION)],
        )
    waiting = {one.text: one for one in list_open_questions(home.organisation, round_=round_)}
    said, kept = (waiting[f"Who pays {mark}?"] for mark in (home.marks.said, home.marks.kept))
    action_answering.answer_questions(
        organisation=home.organisation,
        questions=[said],
        text=f"We all do {home.marks.said}",
        sources=f"The contract {home.marks.said}",
        by=home.organiser,
    )
    claim, _stays = (
        action_writing.add_claim(
            sum_up=draft,
            text=f"Nobody pays {home.marks.kept}",
            numbers_because=f"The office counted {home.marks.kept}",
            machine=f"A machine {home.marks.kept}",
            by=home.organiser,
        )
        for _ in range(2)
    )
    voice = Voice.objects.of_round(round_).filter(text__contains=home.marks.said).earliest("pk")
    action_safeguarding.confirm_masking(sum_up=draft, voice=voice, spans=[(0, 2)], by=home.organiser)
    taken = action_writing.remove_claim(claim=claim, by=home.organiser)
    exposure = write_analysis(
        organisation=home.organisation,
        questions=[kept],
        title=f"The boiler is old {home.marks.kept}",
        lead=f"We asked {home.marks.kept}",
        points=[SourcedPoint(f"Never inspected {home.marks.kept}", f"The report {home.marks.kept}")],
        unknown=f"Who knew {home.marks.kept}",
        next_step=f"We tell the meeting {home.marks.kept}",
        reply_question=f"What do you know {home.marks.kept}?",
        by=home.organiser,
    )
    home.rows |= {"asked": kept.key, "taken": taken.pk, "exposure": exposure.pk}
