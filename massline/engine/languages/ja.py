"""Japanese."""

from massline.engine.languages.language import Language

LANGUAGE = Language(
    "ja",
    function_signs=frozenset("のはがをにでともやへ"),
    has_capitals=False,
    has_spaces=False,
)
