"""Add a translation beside a voice."""

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice
from massline.desk.listen.voices.models import VoiceTranslation
from massline.desk.people.models import Account


def add_translation(
    *, voice: Voice, language: str, text: str, by: Account | None, by_machine: bool = False
) -> VoiceTranslation:
    """Save a translation of a voice, replacing an earlier one in the same language."""
    with transaction.atomic(using="desk"):
        translation, _made = VoiceTranslation.objects.update_or_create(
            voice=voice, language=language, defaults={"text": text, "by_machine": by_machine, "by": by}
        )
        chain.append_line(voice.report.round.organisation, by, "translated a voice", translation)
    return translation
