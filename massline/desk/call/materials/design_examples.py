"""What a small picture of a design shows where its words or picture are not given yet."""

from copy import copy
from functools import cache

import numpy as np
from django.utils.translation import gettext as _

from massline.core.one_colour_picture import one_colour_picture
from massline.core.organisation_mark import encode_png
from massline.square.calls.printed.models import ChosenDesign
from massline.web.language_choice import in_language

EXAMPLE_NUMBER = "214"


def with_examples(chosen: ChosenDesign, language: str) -> ChosenDesign:
    """A copy, never saved, in which nothing is empty."""
    shown = copy(chosen)
    with in_language(language):
        shown.quote = chosen.quote or _("Somebody’s own words")
        shown.who = chosen.who or _("who said it, without a name")
        shown.number = chosen.number or EXAMPLE_NUMBER
        shown.counted = chosen.counted or _("what the number counts")
        shown.before = chosen.before or _("How it was")
        shown.after = chosen.after or _("How it is now")
    shown.picture = chosen.picture or example_picture()
    return shown


@cache
def example_picture() -> bytes:
    """A head and shoulders before a bright ground, in dots."""
    down, across = np.mgrid[0:600, 0:720].astype(float)
    ground = 225 - 60 * down / 600
    head = ((across - 360) / 125) ** 2 + ((down - 220) / 155) ** 2 < 1
    shoulders = ((across - 360) / 290) ** 2 + ((down - 640) / 260) ** 2 < 1
    lit = np.clip(40 + 150 * across / 720, 0, 255)
    grey = np.where(head | shoulders, lit, ground).astype(np.uint8)
    return one_colour_picture(encode_png(grey[..., None], colour_type=0))
