"""The picture of a call for chats and networks: a PNG of 1200 × 630, drawn on the first request and kept until the words change."""

import hashlib
import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from massline.square.calls.change_sentences import change_stamp
from massline.square.calls.localized_call import CallWording
from massline.square.calls.models import PublishedCall
from massline.square.calls.sharing.models import SharePicture
from massline.square.calls.slogan_lines import UNSPACED, break_slogan
from massline.web import pdf
from massline.web.language_choice import base_language, in_language
from massline.web.organisation_branding import print_branding_of
from massline.web.templatetags.massline import direction, when

TEMPLATE = Path(__file__).parent / "picture.typ"


def render_picture(call: PublishedCall, words: CallWording) -> bytes:
    """Return the picture of these words; repeated requests do not draw it again."""
    facts = json.dumps(_facts(call, words), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(TEMPLATE.read_bytes() + facts.encode()).hexdigest()
    stored = SharePicture.objects.filter(call=call, language=words.language).first()
    if stored is not None and stored.digest == digest:
        return bytes(stored.png)
    png = pdf.render_png(TEMPLATE, {"facts": pdf.remove_pictures(facts)})
    with transaction.atomic(using="square"):
        SharePicture.objects.update_or_create(
            call=call, language=words.language, defaults={"digest": digest, "png": png}
        )
    return png


def _facts(call: PublishedCall, words: CallWording) -> dict[str, object]:
    base = base_language(words.language)
    with in_language(words.language), timezone.override(call.organisation.zone):
        return {
            "lang": base,
            "dir": direction(words.language),
            "organisation": call.organisation.name,
            "face": print_branding_of(call.organisation).as_dict(),
            "slogan": break_slogan(words.slogan, is_spaced=base not in UNSPACED),
            "spaced": base not in UNSPACED,
            "when": when(call.event.starts_at),
            "place": words.place,
            "stamp": change_stamp(call.event),
        }
