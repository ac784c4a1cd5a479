"""Tell what people ask from what they say, by the mark at the end or the word at the start."""

import re

_MARK = re.compile(r"[?？؟;՞፧]\s*[\"'”’»)\]]*\s*$")
_GREEK_OR_LATIN_SEMICOLON = re.compile(r"[\u0370-\u03ff].*;\s*$", re.DOTALL)
_OPENING: dict[str, str] = {
    "en": "who what when where why how which whose is are was were do does did can could should would will has have",
    "de": "wer was wann wo warum wieso weshalb wie welche welcher welches wohin woher ist sind kann können darf",
    "es": "quién qué cuándo dónde cuál cuáles cómo cuánto cuánta cuántos",
    "fr": "qui quand où pourquoi comment quel quelle quels quelles combien est-ce",
    "it": "chi cosa quando dove perché come quale quali quanto",
    "nl": "wie wat wanneer waar waarom hoe welke",
    "pt": "quem quando onde qual quais como quanto",
    "ru": "кто что когда где почему как какой какая какие сколько зачем",
    "sw": "nani lini wapi vipi je",
    "tr": "kim ne neden niçin nasıl nerede hangi",
    "zh": "为什么 怎么 什么时候 哪里 谁 如何",
}
_AT_LEAST = 3


def is_question(text: str, language: str) -> bool:
    """Whether a text asks. A word at the start counts only where the text does not end like a statement.

    >>> is_question("When will the lift work again", "en"), is_question("What a shame.", "en")
    (True, False)
    """
    text = text.strip()
    if _MARK.search(text) and (not text.endswith(";") or _GREEK_OR_LATIN_SEMICOLON.search(text)):
        return True
    if text.endswith((".", "!", "。", "！", "…")):
        return False
    opening = _OPENING.get(language, "").split()
    if language == "zh":
        return text.startswith(tuple(opening))
    found = text.lower().split()
    return len(found) >= _AT_LEAST and found[0] in opening
