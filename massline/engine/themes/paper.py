"""The document of an estimate of themes: schema massline.themes/1."""

from dataclasses import asdict
from typing import Any

from massline.engine import documents
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
