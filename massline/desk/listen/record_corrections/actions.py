"""Correct or delete a voice or a field report. Words that a finding quotes stay as they were heard."""

from collections.abc import Mapping

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import refuse
from massline.desk.guard.audit import chain
from massline.desk.guard.retention.legal_hold import active_hold
from massline.desk.listen.record_corrections.refusal_reasons import HeldByLaw, Quoted
from massline.desk.listen.rounds.models import FieldReport, Voice, digest_of_voice
from massline.desk.people.models import Account, Organisation


def correct_voice(*, voice: Voice, text: str, kind: str, by: Account) -> Voice:
    """Replace words that were written down wrongly; the wrong ones are gone. Raises Refused under a legal hold, and where a finding quotes them."""
    _refuse_held(voice.report.round.organisation)
    refuse_quoted([voice])
    with transaction.atomic(using="desk"):
        voice.text, voice.kind, voice.digest = text, kind, digest_of_voice(text)
        voice.save(update_fields=["text", "kind", "digest"])
        _forget_what_was_sent(voice)
        erase_after_commit("desk")
        chain.append_line(voice.report.round.organisation, by, "corrected a voice", voice)
    return voice


def delete_voice(*, voice: Voice, by: Account) -> None:
    """Delete what somebody said, with its translations. Raises Refused under a legal hold, and where a finding quotes it."""
    _refuse_held(voice.report.round.organisation)
    refuse_quoted([voice])
    with transaction.atomic(using="desk"):
        chain.append_line(voice.report.round.organisation, by, "deleted a voice", voice)
        _forget_what_was_sent(voice)
        voice.delete()
        erase_after_commit("desk")


def _forget_what_was_sent(voice: Voice) -> None:
    """Words that are gone are not compared with any more when a program sends its report again."""
    FieldReport.objects.filter(pk=voice.report_id).update(sent_digest="")


def correct_report(*, report: FieldReport, facts: Mapping[str, object], by: Account) -> FieldReport:
    """Replace section, channel, people, mood or day of a report; estimates read it anew the next time they are made.

    Raises Refused while a legal hold is active.
    """
    _refuse_held(report.round.organisation)
    with transaction.atomic(using="desk"):
        for name, value in facts.items():
            setattr(report, name, value)
        report.save(update_fields=list(facts))
        chain.append_line(report.round.organisation, by, "corrected a field report", report)
    return report


def delete_report(*, report: FieldReport, by: Account) -> None:
    """Delete a field report with its voices. Raises Refused under a legal hold, and where a finding quotes one of them."""
    _refuse_held(report.round.organisation)
    refuse_quoted(list(report.voices.all()))
    with transaction.atomic(using="desk"):
        chain.append_line(report.round.organisation, by, "deleted a field report", report)
        report.delete()
        erase_after_commit("desk")


def _refuse_held(organisation: Organisation) -> None:
    refuse([HeldByLaw()] if active_hold(organisation) is not None else [])


def refuse_quoted(voices: list[Voice]) -> None:
    """Refuse where a finding quotes one of these voices, or an analysis was written for what it asks."""
    quotes = [str(one.claim) for voice in voices for one in voice.citations.select_related("claim")]
    quotes += [str(one.exposure) for voice in voices for one in voice.exposed_in.select_related("exposure")]
    refuse([Quoted(finding) for finding in dict.fromkeys(quotes)])
