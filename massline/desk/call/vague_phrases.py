"""Phrases that leave a call open, in the languages our neighbours wrote in: places told later, wishes for deeds, who hides.

Guesses for a writer, never a verdict; each list is short so that it can be read and argued with. A language we
know no rule for is left in peace.
"""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


_OPEN = {
    "en": _any("t\\.?b\\.?[acd]\\.?", "to be (?:announced|confirmed|decided)", "somewhere", "place follows"),
    "es": _any("por (?:confirmar|definir|anunciar)", "se (?:anunciará|avisará|comunicará)", "en algún lugar"),
    "de": _any("wird noch (?:bekannt|mitgeteilt)\\w*", "folgt(?: noch)?", "irgendwo"),
    "ar": _any(
        "سيعلن لاحقا", "سيُعلن لاحقًا", "يعلن لاحقا", "يُعلن لاحقًا", "يحدد لاحقا", "يُحدد لاحقًا", "في مكان ما"
    ),
}
_SOON = {
    "en": _any(
        "soon", "asap", "shortly", "in the coming (?:days|weeks)", "one of these days", "watch this space"
    ),
    "es": _any("pronto", "próximamente", "en los próximos días", "cuanto antes"),
    "de": _any("bald", "demnächst", "in den nächsten (?:tagen|wochen)"),
    "ar": _any("قريبا", "قريبًا", "في الأيام القادمة", "لاحقا", "لاحقًا"),
}
_NO_DEED = {
    "en": _any(
        "raise awareness",
        "spread awareness",
        "be aware",
        "show (?:your )?support",
        "support (?:us|the (?:struggle|cause|movement))",
        "get involved",
        "stay (?:tuned|strong|informed)",
        "join the (?:struggle|fight|movement)",
        "do something",
        "care more",
        "think about it",
    ),
    "es": _any(
        "crear conciencia",
        "concienciar\\w*",
        "visibilizar",
        "apoy(?:a|ar|emos) (?:la causa|la lucha|nuestra lucha)",
        "involúcrate",
        "únete a la lucha",
        "haz algo",
    ),
    "de": _any(
        "zeichen setzen", "bewusstsein schaffen", "unterstützt (?:uns|den kampf)", "macht mit", "tut was"
    ),
    "ar": _any(
        "نشر الوعي", "التوعية", "رفع الوعي", "ادعموا (?:القضية|النضال)", "شاركوا في النضال", "افعلوا شيئا"
    ),
}
# Beyond "was raised" (massline.desk.decide.phrasing): things that happen by themselves.
_NOBODY = {
    "en": _any(
        "(?:must|should|needs? to|has to|have to|will|can|may) (?:\\w+ )?be \\w+(?:ed|en|ne|de|lt|pt|ut)",
        "mistakes were made",
    ),
    "es": _any(
        "se (?:debe|deben|tiene que|tienen que|exige|exigen|pide|piden|reclama|reclaman) ?\\w*",
        "ha(?:n)? sido \\w+[aoi]d[oa]s?",
        "hay que",
    ),
    "de": _any("man (?:muss|sollte|müsste)", "es muss \\w+", "gehört \\w+t"),
    "ar": _any("يجب أن يتم", "لا بد من أن يتم", "ينبغي أن يتم", "يُطالَب", "جرى", "يجري"),
}
_VERBS = {
    "en": "come|bring|sign|call|write|knock|join|share|donate|vote|tell|ask|talk|help|cook|carry|read|print|meet|walk|stand|send",
    "es": "ven|venid|vengan|trae|traed|traigan|firma|firmad|firmen|llama|llamen|escribe|escriban|comparte|compartan|dona|donen|vota|voten|ayuda",
    "de": "komm|kommt|bring|bringt|unterschreib|unterschreibt|ruf|ruft|schreib|schreibt|teil|teilt|spende|spendet|hilf|helft",
    "ar": "تعالوا|احضروا|أحضروا|وقعوا|وقّعوا|اتصلوا|اكتبوا|شاركوا|تبرعوا|صوتوا|صوّتوا|ساعدوا|اطرقوا",
}
_JOINTS = {
    "en": r"(?:,|/|\+|&|;|,? and)",
    "es": r"(?:,|/|\+|;|,? y|,? e)",
    "de": r"(?:,|/|\+|;|,? und)",
    "ar": r"(?:،|,|/|\+|؛| و)",
}
# "Come and bring a neighbour" is one deed; what begins otherwise and goes on with a second verb is two.
_COMING = r"(?!come\b|ven\b|vengan\b|venid\b|kommt?\b|تعالوا)"
_LISTED = {
    language: re.compile(
        rf"(?<!\w){_COMING}(?:{verbs})(?!\w).*{_JOINTS[language]}\s*(?:then )?(?:{verbs})(?!\w)",
        re.IGNORECASE,
    )
    for language, verbs in _VERBS.items()
}


def is_place_open(place: str, language: str) -> bool:
    """Return True for a place that is still to be announced: "TBA", "por confirmar"."""
    return _found(_OPEN, place, language)


def has_soon(text: str, language: str) -> bool:
    return _found(_SOON, text, language)


def is_wish(text: str, language: str) -> bool:
    """Return True for a wish that nobody could see done: "raise awareness", "support the struggle"."""
    return _found(_NO_DEED, text, language)


def has_hidden_actor(slogan: str, language: str) -> bool:
    """Return True if the text does not name who acts: "Rents must be lowered", "Hay que bajar los alquileres"."""
    return _found(_NOBODY, slogan, language)


def has_several_asks(ask: str, language: str) -> bool:
    """Return True for several imperatives side by side: "Sign, share and donate"."""
    return _found(_LISTED, ask, language)


def _found(rules: dict[str, re.Pattern[str]], text: str, language: str) -> bool:
    rule = rules.get(language.split("-")[0].lower())
    return bool(rule and rule.search(text))
