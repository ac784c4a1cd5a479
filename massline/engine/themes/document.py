"""The document of an estimate of themes: schema massline.themes/1."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from massline.engine import documents
from massline.engine.not_enough import NotEnough
from massline.engine.themes.growth import Growth
from massline.engine.themes.result import Theme, Themes

SCHEMA = "massline.themes/1"


def document(estimate: Themes) -> dict[str, Any]:
    """The versioned document; voices appear by id alone, never by their words."""
    result: dict[str, Any] = {
        "notice": estimate.notice,
        "least_people": estimate.least_people,
        "compared_with": estimate.compared_with,
        "themes": [_theme(theme, estimate.depth) for theme in estimate.themes],
        "duplicates": [list(group) for group in estimate.duplicates],
        "near_copies": [list(group) for group in estimate.near_copies],
    }
    if estimate.not_enough is not None:
        result["not_enough"] = asdict(estimate.not_enough)
    return documents.document(
        SCHEMA,
        seed=estimate.seed,
        rests_on={"voices": estimate.voices, "people": estimate.people, "wordings": estimate.wordings},
        left_out=estimate.left_out,
        result=result,
    )


def _theme(theme: Theme, depth: int) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": theme.id,
        "level": theme.level,
        "parent": theme.parent,
        "label": theme.label,
        "terms": list(theme.terms),
        "size": theme.size,
        "people": theme.people,
        "languages": [{"language": language, "people": people} for language, people in theme.languages],
        "one_language": theme.one_language,
        "sections": theme.sections,
        "quotes": list(theme.quotes),
        "questions": list(theme.questions),
        "new": theme.new,
        "growth": asdict(theme.growth) if theme.growth is not None else None,
    }
    if theme.level == depth:
        out["voices"] = list(theme.voices)
    return out


def restored(document: Mapping[str, Any]) -> Themes:
    """The estimate that a stored document was made from, so that the next one can keep its ids.

    Raises
    ------
    ValueError : it is a document of something else.
    """
    if document["schema"] != SCHEMA:
        raise ValueError(f"Wanted a {SCHEMA} document, not {document['schema']}.")
    result, rests_on = document["result"], document["rests_on"]
    short = result.get("not_enough")
    voices = _voices(result["themes"])
    return Themes(
        seed=document["seed"],
        themes=tuple(_restored_theme(theme, voices[theme["id"]]) for theme in result["themes"]),
        duplicates=tuple(map(tuple, result["duplicates"])),
        near_copies=tuple(map(tuple, result["near_copies"])),
        voices=rests_on["voices"],
        people=rests_on["people"],
        wordings=rests_on["wordings"],
        left_out=dict(document["left_out"]),
        least_people=result["least_people"],
        compared_with=result["compared_with"],
        not_enough=NotEnough(**short) if short is not None else None,
    )


def _voices(themes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Voices of every theme: the finest carry theirs, the broader ones those of the themes within."""
    found: dict[str, list[str]] = {theme["id"]: list(theme.get("voices", ())) for theme in themes}
    for theme in sorted(themes, key=lambda theme: -int(theme["level"])):
        if theme["parent"] is not None:
            found[theme["parent"]] += found[theme["id"]]
    return found


def _restored_theme(theme: Mapping[str, Any], voices: list[str]) -> Theme:
    return Theme(
        id=theme["id"],
        level=theme["level"],
        parent=theme["parent"],
        terms=tuple(theme["terms"]),
        voices=tuple(sorted(voices)),
        people=theme["people"],
        languages=tuple((row["language"], row["people"]) for row in theme["languages"]),
        one_language=theme["one_language"],
        sections=theme["sections"],
        quotes=tuple(theme["quotes"]),
        questions=tuple(theme["questions"]),
        new=theme["new"],
        growth=Growth(**theme["growth"]) if theme["growth"] is not None else None,
    )
