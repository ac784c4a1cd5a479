"""Sheets of cards to print and cut. The PDF is made once and not stored, since it alone holds the codes."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import fontpkg_inter
import fontpkg_noto_sans_arabic
import segno
import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.square.conversations.access_codes.actions import CreatedBatch
from massline.square.conversations.access_codes.models import format_code
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import UNLINKED, Level, level_named
from massline.web.absolute_urls import public_url, typeable_url
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction

TEMPLATE = Path(__file__).with_name("card_sheet.typ")
FONTS = [str(Path(package.ROOT) / "files") for package in (fontpkg_inter, fontpkg_noto_sans_arabic)]


def render_card_sheet(conversation: Conversation, made: CreatedBatch) -> bytes:
    """Lay out ten cards on each A4 page in the conversation's language. The PDF's timestamp is the day, without a time."""
    facts = {
        "lang": base_language(conversation.language),
        "dir": direction(conversation.language),
        "organisation": conversation.organisation.name,
        "question": conversation.question,
        "address": typeable_url(conversation.get_short_url()),
        **_words(conversation.language, level_named(made.way.level)),
        "cards": [{"code": format_code(code), "qr": _qr(conversation, code)} for code in made.codes],
    }
    made_on = datetime.combine(timezone.localdate(), time.min, UTC)
    sheet: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        timestamp=int(made_on.timestamp()),
    )
    return sheet


def _words(language: str, level: Level) -> dict[str, str]:
    with in_language(language):
        once = _("Works once, in one browser.")
        nobody = _("Nobody knows whose card is whose.") if level in UNLINKED else ""
        return {"scan": _("Scan this, or type"), "rule": f"{once} {nobody}".strip()}


def card_url(conversation: Conversation, code: str) -> str:
    """The public address that a card or an invitation opens."""
    return public_url(f"{conversation.get_way_in_url()}{code}/")


def _qr(conversation: Conversation, code: str) -> str:
    drawn = segno.make(card_url(conversation, code), error="m", micro=False)
    return str(drawn.svg_inline(border=0, dark="#000", light=None, omitsize=True))
