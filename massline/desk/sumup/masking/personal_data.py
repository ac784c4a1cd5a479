"""Possible personal data in voices: proposed by the program, masked by a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import Voice, digest_of_voice
from massline.desk.people.models import Account, Section
from massline.desk.sumup.masking.models import Masking, mask_spans
from massline.embed.pii.flags import Flag, find_flags

Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """Part of a voice, plain or flagged with its kind; `proposed` if it is masked by default."""

    start: int
    end: int
    text: str
    kind: str = ""
    proposed: bool = False

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}"

    @property
    def what(self) -> str:
        return {
            "email": _("an e-mail address"),
            "phone": _("a phone number"),
            "link": _("a link"),
            "handle": _("a username"),
            "number": _("a number that may identify someone"),
            "name": _("maybe a name"),
            "chosen": _("removed before"),
        }.get(self.kind, "")


def prefetch_maskings(path: str = "maskings") -> "Prefetch[str]":
    """Prefetch the maskings of voices; `path` leads from the rows to them."""
    return Prefetch(path, to_attr="looks")


class SectionNames:
    """Names of an organisation's sections, fetched once per round."""

    def __init__(self) -> None:
        self._of_round: dict[int, set[str]] = {}

    def of(self, voice: Voice) -> set[str]:
        round_ = voice.report.round_id
        if round_ not in self._of_round:
            names = Section.objects.filter(organisation__rounds=round_).values_list("name", flat=True)
            self._of_round[round_] = {name.casefold() for name in names}
        return self._of_round[round_]


def flags_of(voice: Voice, places: SectionNames | None = None) -> tuple[Flag, ...]:
    """Possible personal data in a voice; names of our own sections are not flagged.

    Pass the same `places` for many voices, so that sections are fetched once.
    """
    flags = find_flags(voice.text, language=voice.language or None)
    if all(flag.sure for flag in flags):
        return flags
    ours = (places or SectionNames()).of(voice)
    return tuple(f for f in flags if f.sure or voice.text[f.start : f.end].casefold() not in ours)


def masking_of(voice: Voice) -> Masking | None:
    """The latest masking of a voice; None if there is none or the voice has changed since."""
    taken = voice.looks if hasattr(voice, "looks") else voice.maskings.all()
    look: Masking | None = max(taken, key=lambda row: row.pk, default=None)
    if look is None or look.source_digest != digest_of_voice(voice.text):
        return None
    look.voice = voice
    return look


def needs_review(voice: Voice, places: SectionNames | None = None) -> bool:
    return masking_of(voice) is None and bool(flags_of(voice, places))


def public_text(voice: Voice, places: SectionNames | None = None) -> str:
    """The words as they may be published: as a person confirmed them, else with all flags masked."""
    masking = masking_of(voice)
    if masking is not None:
        return masking.text
    return mask_spans(voice.text, [[flag.start, flag.end] for flag in flags_of(voice, places)])


def masked_text(text: str, language: str = "") -> str:
    """A text with all flags masked, including names, for words that are sent to another service."""
    return mask_spans(text, [[flag.start, flag.end] for flag in find_flags(text, language=language or None)])


def split_at_flags(voice: Voice) -> list[Passage]:
    """Split a voice into passages for review: flags and spans that were masked before."""
    look = masking_of(voice)
    before = {(start, end) for start, end in look.taken_out} if look else set()
    marked = [
        Passage(f.start, f.end, "", f.kind, f.sure if look is None else (f.start, f.end) in before)
        for f in flags_of(voice)
    ]
    flagged = {(passage.start, passage.end) for passage in marked}
    marked += [Passage(start, end, "", "chosen", True) for start, end in before - flagged]
    out, at = [], 0
    for passage in sorted(marked, key=lambda piece: piece.start):
        if passage.start >= at:
            out += [Passage(at, passage.start, voice.text[at : passage.start])] if passage.start > at else []
            out.append(
                Passage(
                    passage.start,
                    passage.end,
                    voice.text[passage.start : passage.end],
                    passage.kind,
                    passage.proposed,
                )
            )
            at = passage.end
    return [*out, Passage(at, len(voice.text), voice.text[at:])] if at < len(voice.text) else out


def find_spans(text: str, words: Iterable[str]) -> list[Span]:
    """Spans of all occurrences of these words in a text."""
    spans: list[Span] = []
    for word in filter(None, (word.strip() for word in words)):
        at = text.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return spans


def save_masking(voice: Voice, spans: Sequence[Span], *, by: Account) -> Masking:
    """Save the masked form of a voice; spans that touch are joined. Raises ValueError for a span outside of it."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(voice.text):
            raise ValueError(f"Stretch {start}-{end} lies outside of the voice.")
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return Masking.objects.create(
        voice=voice,
        text=mask_spans(voice.text, joined),
        taken_out=joined,
        source_digest=digest_of_voice(voice.text),
        by=by,
    )
