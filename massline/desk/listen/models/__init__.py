"""What listening keeps: rounds, what was heard and in which mood, and the paper it came on."""

from massline.desk.listen.models.hearing import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    Voice,
    VoiceKind,
    digest_of,
)
from massline.desk.listen.models.paper import PaperSheet, Translation, code_of, number_of

__all__ = [
    "Channel",
    "FieldReport",
    "ListeningRound",
    "Mood",
    "PaperSheet",
    "Translation",
    "Voice",
    "VoiceKind",
    "code_of",
    "digest_of",
    "number_of",
]
