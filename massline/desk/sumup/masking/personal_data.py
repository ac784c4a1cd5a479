"""What may point at somebody in a voice: shown as a proposal, taken out by a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import Voice, digest_of
from massline.desk.people.models import Account, Section
from massline.desk.sumup.masking.models import Masking, masked
from massline.embed.pii.flags import Flag, find

Span = tuple[int, int]


@dataclass(frozen=True)
class Stretch:
    """A piece of a voice: plain, or flagged with its kind; `proposed` where it is taken out unless somebody keeps it."""

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
            "handle": _("a handle"),
            "number": _("a number that may name somebody"),
            "name": _("perhaps a name"),
            "chosen": _("taken out before"),
        }.get(self.kind, "")


def looks(path: str = "maskings") -> "Prefetch[str]":
    """Fetch with voices, in one query, every look somebody took at them; `path` leads from the rows to the looks."""
    return Prefetch(path, to_attr="looks")


class Places:
    """What the sections of an organisation are called, asked once for each of its rounds."""

    def __init__(self) -> None:
        self._of_round: dict[int, set[str]] = {}

    def of(self, voice: Voice) -> set[str]:
        round_ = voice.report.round_id
        if round_ not in self._of_round:
            names = Section.objects.filter(organisation__rounds=round_).values_list("name", flat=True)
            self._of_round[round_] = {name.casefold() for name in names}
        return self._of_round[round_]


def flags_of(voice: Voice, places: Places | None = None) -> tuple[Flag, ...]:
    """What may point at somebody. Two capitals in a row are no name where they name one of our sections.

    Give the same `places` for many voices, so that sections are asked for once.
    """
    found = find(voice.text, language=voice.language or None)
    if all(flag.sure for flag in found):
        return found
    ours = (places or Places()).of(voice)
    return tuple(f for f in found if f.sure or voice.text[f.start : f.end].casefold() not in ours)


def masking_of(voice: Voice) -> Masking | None:
    """The last look somebody took at a voice, if its words are still the same."""
    taken = voice.looks if hasattr(voice, "looks") else voice.maskings.all()
    look: Masking | None = max(taken, key=lambda one: one.pk, default=None)
    if look is None or look.source_digest != digest_of(voice.text):
        return None
    look.voice = voice
    return look


def waits_for_a_look(voice: Voice, places: Places | None = None) -> bool:
    return masking_of(voice) is None and bool(flags_of(voice, places))


def public_text(voice: Voice, places: Places | None = None) -> str:
    """The words as they may leave: as somebody confirmed them, else without anything that was found in them."""
    masking = masking_of(voice)
    if masking is not None:
        return masking.text
    return masked(voice.text, [[flag.start, flag.end] for flag in flags_of(voice, places)])


def masked_text(text: str, language: str = "") -> str:
    """Any text without what was found in it, names too: for words that leave the house."""
    return masked(text, [[flag.start, flag.end] for flag in find(text, language=language or None)])


def stretches(voice: Voice) -> list[Stretch]:
    """The voice in pieces, for a person to look at: what was found, and what was taken out before."""
    look = masking_of(voice)
    before = {(start, end) for start, end in look.taken_out} if look else set()
    marked = [
        Stretch(f.start, f.end, "", f.kind, f.sure if look is None else (f.start, f.end) in before)
        for f in flags_of(voice)
    ]
    found = {(one.start, one.end) for one in marked}
    marked += [Stretch(start, end, "", "chosen", True) for start, end in before - found]
    out, at = [], 0
    for one in sorted(marked, key=lambda piece: piece.start):
        if one.start >= at:
            out += [Stretch(at, one.start, voice.text[at : one.start])] if one.start > at else []
            out.append(Stretch(one.start, one.end, voice.text[one.start : one.end], one.kind, one.proposed))
            at = one.end
    return [*out, Stretch(at, len(voice.text), voice.text[at:])] if at < len(voice.text) else out


def spans_of(text: str, words: Iterable[str]) -> list[Span]:
    """Where these words stand in a text, every time."""
    found: list[Span] = []
    for word in filter(None, (word.strip() for word in words)):
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return found


def freeze(voice: Voice, spans: Sequence[Span], *, by: Account) -> Masking:
    """Keep the words of a voice as a person says they may go out. Stretches that touch become one."""
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
        text=masked(voice.text, joined),
        taken_out=joined,
        source_digest=digest_of(voice.text),
        by=by,
    )
