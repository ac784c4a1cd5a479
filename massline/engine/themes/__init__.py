"""Many short texts in many languages to a tree of themes that a person can read, each traceable to its voices."""

from massline.engine.themes.document import SCHEMA, document, estimate_of, restore_themes
from massline.engine.themes.estimate import estimate
from massline.engine.themes.growth import Growth
from massline.engine.themes.inputs import ThemeInput
from massline.engine.themes.result import NOTICE, Theme, Themes

__all__ = [
    "NOTICE",
    "SCHEMA",
    "Growth",
    "Theme",
    "ThemeInput",
    "Themes",
    "document",
    "estimate",
    "estimate_of",
    "restore_themes",
]
