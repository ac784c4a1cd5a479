"""What a compartment hears: a round at doors and in the open, its words, its votes and who was let in."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.listen.conversations import moderation
from massline.desk.listen.conversations.redaction_model import HiddenWords
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.import_export import actions as bringing
from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.paper.models import PaperSheet
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.listen.voices import actions as voice_actions
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from massline.desk.sumup.estimates.themes import take_theme_snapshot
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.access_codes import actions
from massline.square.conversations.models import Value
from massline.square.conversations.results import snapshot
from massline.square.conversations.trust_levels import Level
from tests.votes import vote
from tests.wall.compartments import Compartment


def hear(home: Compartment) -> ListeningRound:
    said, kept = home.marks.said, home.marks.kept
    round_ = round_actions.open_round(
        organisation=home.organisation,
        question=f"What about the heating {said}?",
        why=f"For the mass meeting {said}",
        closes_on=timezone.localdate() + timedelta(days=7),
        report_back_to=f"The stairwells {said}",
        seeds=[f"Publish the bill {said}", f"It is warm enough {said}"],
        by=home.organiser,
    )
    listened(home, round_)
    talk = round_actions.conversation_of(round_)
    assert talk is not None
    held = conversation_actions.add_statement(talk, text=f"Not read yet {kept}", token="a writer")
    refused = conversation_actions.add_statement(talk, text=f"Names a neighbour {kept}", token="a writer")
    moderation.moderate_statement(
        refused, round_=round_, by=home.organiser, show=False, reason=f"It names one {kept}"
    )
    HiddenWords.objects.create(round=round_, statement=refused.uuid, said=f"Call me on 0151 {kept}")
    home.rows |= {"spoken": 1, "held": held.number, "voice": Voice.objects.of_round(round_).earliest("pk").pk}
    home.rows |= {"field_report": round_.field_reports.earliest("pk").pk}
    way = actions.create_batch(conversation=talk, level=Level.INVITED, name=f"Stairwell {said}", most=9).way
    actions.exclude_answers_of_invitation(way, reason=f"It was passed on {said}")
    home.rows |= {"way": way.pk, "talk_pk": talk.pk, "parcel": received(home, round_).pk}
    return round_


def received(home: Compartment, round_: ListeningRound) -> ImportBatch:
    """A file from elsewhere that waits to be looked at, and why it could not come in before."""
    kept = home.marks.kept
    table = f"words,section\nMy girl wears her coat {kept},{kept}\n".encode()
    parcel = bringing.stage_import(round_=round_, sent=[(f"form {kept}.csv", table)], by=home.organiser)
    parcel.trouble = f"Row 7 {kept}"
    parcel.chosen = {"kind": "voices", "columns": ["words", "section"], "of": kept}
    parcel.save()
    return parcel


def listened(home: Compartment, round_: ListeningRound) -> None:
    """Seven people at a door, two voices, and twelve votes with their map."""
    field_report_actions.write_field_report(
        round_=round_,
        by=home.member,
        section=round_.sections.earliest("pk"),
        channel="door",
        mood=2,
        people=7,
        voices=[
            field_report_actions.VoiceText(f"My girl wears her coat {home.marks.said}"),
            field_report_actions.VoiceText(home.marks.kept),
        ],
    )
    voice = Voice.objects.of_round(round_).earliest("pk")
    voice_actions.add_translation(
        voice=voice, language="es", text=f"Mi hija {home.marks.kept}", by=home.member
    )
    sheet = PaperSheet.objects.create(round=round_, section=round_.sections.earliest("pk"))
    home.rows["paper_sheet"] = sheet.code
    talk = round_actions.conversation_of(round_)
    assert talk is not None
    for n in range(12):
        person = conversation_actions.join_conversation(talk, token=f"person {n}")
        for statement in talk.statements.shown()[:2]:
            vote(person, statement, value=Value.AGREE if (statement.number + n) % 2 else Value.DISAGREE)
    snapshot.take_snapshot(talk)
    take_theme_snapshot(round_)
    take_mood_snapshot(home.organisation)
