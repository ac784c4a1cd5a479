"""What listening keeps: rounds, what was heard and in which mood, and the paper it came on."""

from massline.desk.listen.import_export.models import Parcel, ParcelState
from massline.desk.listen.paper.models import PaperSheet, Translation, code_of, number_of
from massline.desk.listen.rounds.models import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    Voice,
    VoiceKind,
    digest_of,
    middle_mood,
)
from massline.desk.listen.watches.models import Announcement, Article, DailyCount, Feed, Watch, WatchedEvent

__all__ = [
    "Announcement",
    "Article",
    "Channel",
    "DailyCount",
    "Feed",
    "FieldReport",
    "ListeningRound",
    "Mood",
    "PaperSheet",
    "Parcel",
    "ParcelState",
    "Translation",
    "Voice",
    "VoiceKind",
    "Watch",
    "WatchedEvent",
    "code_of",
    "digest_of",
    "middle_mood",
    "number_of",
]
