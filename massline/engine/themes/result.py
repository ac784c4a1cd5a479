"""The result of a themes estimate."""

from collections.abc import Mapping
from dataclasses import dataclass

from massline.engine.not_enough import NotEnough
from massline.engine.themes.growth import Growth

NOTICE = "These are the voices that reached us, not a poll."


@dataclass(frozen=True)
class Theme:
    """A theme and the voices it rests on.

    Attributes
    ----------
    id : kept from run to run while the theme holds mostly the same voices.
    level, parent : 1 is the broadest; parent is None there.
    terms, label : phrases people used, each at most three words, and the same joined. Empty where too few spoke.
    voices : ids of all its voices, sorted. people : how many different people those are.
    languages : people by language, most first.
    one_language : the language of over nine tenths of its people, where the whole collection is not so one-sided.
    sections : from how many sections it was heard.
    quotes : ids of voices that stand for it, verbatim, by different people; none under the least number of people.
    questions : ids of its voices that ask, those of most people first.
    new : whether no earlier theme was about this; None where there was nothing to compare with.
    growth : None without days.
    """

    id: str
    level: int
    parent: str | None
    terms: tuple[str, ...]
    voices: tuple[str, ...]
    people: int
    languages: tuple[tuple[str, int], ...]
    one_language: str | None
    sections: int
    quotes: tuple[str, ...]
    questions: tuple[str, ...]
    new: bool | None
    growth: Growth | None

    @property
    def label(self) -> str:
        return " · ".join(self.terms)

    @property
    def size(self) -> int:
        return len(self.voices)


@dataclass(frozen=True)
class Themes:
    """The tree of themes, broadest first, and within a level by size.

    Attributes
    ----------
    themes : every theme of every level.
    duplicates : voices in the same words. near_copies : nearly the same words; grouped, never merged.
    voices, people, wordings : what the estimate rests on.
    left_out : voices left out, by reason.
    compared_with : earlier voices that are in this run too; None where no earlier run was given.
    not_enough : why there are no themes, where there are none.
    """

    seed: int
    themes: tuple[Theme, ...]
    duplicates: tuple[tuple[str, ...], ...]
    near_copies: tuple[tuple[str, ...], ...]
    voices: int
    people: int
    wordings: int
    left_out: Mapping[str, int]
    least_people: int
    compared_with: int | None = None
    not_enough: NotEnough | None = None
    notice: str = NOTICE

    @property
    def depth(self) -> int:
        return max((theme.level for theme in self.themes), default=0)

    def at(self, level: int) -> tuple[Theme, ...]:
        """The themes of one level, 1 the broadest."""
        return tuple(theme for theme in self.themes if theme.level == level)
