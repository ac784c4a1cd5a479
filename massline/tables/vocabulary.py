"""Headings, months and words as other tools and languages write them. The words are data: `data/*.toml`."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ROOMS = ("contacts", "words", "events", "estimates")


@dataclass(frozen=True)
class Preset:
    """The columns of one system: `signs` are headings that only its files have together."""

    name: str
    signs: tuple[frozenset[str], ...]
    columns: Mapping[str, str]
    kind: str = ""

    def fits(self, headings: Iterable[str]) -> bool:
        present = {normalise_heading(heading) for heading in headings}
        return any(signs <= present for signs in self.signs)


@dataclass(frozen=True)
class Vocabulary:
    """What the headings of one room mean: `meanings` maps a heading, bare, to a meaning."""

    meanings: Mapping[str, str]
    presets: tuple[Preset, ...]

    def preset_of(self, headings: Sequence[str]) -> Preset | None:
        return next((preset for preset in self.presets if preset.fits(headings)), None)

    def meaning_of(self, heading: str, preset: Preset | None = None) -> str:
        """The meaning of a heading, by its system first; empty where it is not known or says nothing we keep."""
        name = normalise_heading(heading)
        if preset is not None and name in preset.columns:
            return preset.columns[name]
        return self.meanings.get(name, "")

    def places(self, headings: Sequence[str], preset: Preset | None = None) -> dict[str, list[int]]:
        """The places of the columns of each meaning, the heading that is listed first before the others."""
        ranks = {
            name: rank for rank, name in enumerate([*(preset.columns if preset else ()), *self.meanings])
        }
        known = sorted(
            (ranks.get(normalise_heading(heading), len(ranks)), place, self.meaning_of(heading, preset))
            for place, heading in enumerate(headings)
        )
        found: dict[str, list[int]] = {}
        for _rank, place, meaning in known:
            if meaning:
                found.setdefault(meaning, []).append(place)
        return found


def normalise_heading(text: str) -> str:
    """A heading without case, accents, spaces and signs: "E-Mail-Adresse" is "emailadresse"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in letters if sign.isalnum())


@cache
def vocabulary(room: str) -> Vocabulary:
    data = _read(room)
    meanings = {
        normalise_heading(heading): meaning
        for meaning, languages in data["headings"].items()
        for headings in languages.values()
        for heading in headings.split(",")
    }
    presets = tuple(
        Preset(
            preset["name"],
            tuple(frozenset(map(normalise_heading, signs)) for signs in preset["signs"]),
            {
                normalise_heading(heading): meaning
                for meaning, headings in preset.get("columns", {}).items()
                for heading in headings
            },
            preset.get("kind", ""),
        )
        for preset in data.get("presets", ())
    )
    return Vocabulary(meanings, presets)


def is_known_heading(text: str) -> bool:
    return normalise_heading(text) in _known_headings()


@cache
def _known_headings() -> frozenset[str]:
    known: set[str] = set()
    for room in ROOMS:
        words = vocabulary(room)
        known |= words.meanings.keys()
        for preset in words.presets:
            known |= preset.columns.keys() | frozenset().union(*preset.signs)
    return frozenset(known)


def month_of(word: str) -> int | None:
    """The number of a month by its name or its first letters, in the languages that we know."""
    return _months().get(normalise_heading(word))


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for names in _read("months").values():
        for number, spelled in enumerate(names, start=1):
            for name in spelled.split():
                months[normalise_heading(name)] = number
    return months


@cache
def words_by_meaning(name: str) -> Mapping[str, str]:
    """A list of words by what they mean: `answers`, `consent`, `languages`; keys are folded, values are meanings."""
    return {
        normalise_words(word): meaning
        for meaning, languages in _read(name).items()
        for words in languages.values()
        for word in words.split("|")
    }


def normalise_words(text: str) -> str:
    """Words for comparing: without case, accents of Latin letters, outer signs and doubled spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(plain.split()).strip(" .!,;:")


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("massline.tables").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return data
