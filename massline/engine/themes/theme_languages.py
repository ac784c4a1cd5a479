"""Languages and questions of a theme."""

from collections.abc import Iterable

from massline.engine.themes.inputs import GatheredTexts, Wording
from massline.engine.themes.questions import is_question

ONE_LANGUAGE = 0.9


def count_people_by_language(nodes: Iterable[Wording]) -> tuple[tuple[str, int], ...]:
    """People by language, most first."""
    people: dict[str, set[str]] = {}
    for node in nodes:
        people.setdefault(node.language, set()).update(node.people)
    return tuple(
        sorted(((code, len(who)) for code, who in people.items()), key=lambda item: (-item[1], item[0]))
    )


def near_unanimous_language(spoken: tuple[tuple[str, int], ...]) -> str | None:
    """The language of over nine tenths of the people, if there is one."""
    total = sum(count for _, count in spoken)
    return spoken[0][0] if spoken and spoken[0][1] > ONE_LANGUAGE * total else None


def find_questions(gathered: GatheredTexts) -> list[bool]:
    """True for each wording that is a question: marked as one by somebody, or worded as one."""
    return [
        any(voice in gathered.marked_questions for voice in node.voices)
        or is_question(node.text, node.language)
        for node in gathered.nodes
    ]


def sort_questions(nodes: Iterable[Wording]) -> tuple[str, ...]:
    """The first voice of each question, those of most people first."""
    return tuple(
        node.voices[0] for node in sorted(nodes, key=lambda node: (-len(node.people), node.voices[0]))
    )
