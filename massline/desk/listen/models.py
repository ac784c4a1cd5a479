"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.listen.conversations.redaction_model import HiddenWords
from massline.desk.listen.import_export.models import ImportBatch, ImportState
from massline.desk.listen.paper.models import PaperSheet, sheet_code, sheet_number
from massline.desk.listen.rounds.models import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    Voice,
    VoiceKind,
    digest_of_voice,
    middle_mood,
)
from massline.desk.listen.voices.models import VoiceTranslation
from massline.desk.listen.watches.models import Announcement, Article, DailyCount, Feed, Watch, WatchedEvent

__all__ = [
    "Announcement",
    "Article",
    "Channel",
    "DailyCount",
    "Feed",
    "FieldReport",
    "HiddenWords",
    "ImportBatch",
    "ImportState",
    "ListeningRound",
    "Mood",
    "PaperSheet",
    "Voice",
    "VoiceKind",
    "VoiceTranslation",
    "Watch",
    "WatchedEvent",
    "digest_of_voice",
    "middle_mood",
    "sheet_code",
    "sheet_number",
]
