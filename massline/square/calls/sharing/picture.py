"""Pictures and loops for chats and networks, drawn on the first request and kept until words or design change."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import transaction

from massline.square.calls.printed import drawn
from massline.square.calls.printed.loop import draw_loop
from massline.square.calls.printed.models import Design
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.square.calls.sharing.models import ShareForm, SharePicture

FILES = {
    "wide.png": ShareForm.WIDE,
    "square.png": ShareForm.SQUARE,
    "upright.png": ShareForm.UPRIGHT,
    "loop.webp": ShareForm.LOOP,
}
CONTENT_TYPES = {"png": "image/png", "webp": "image/webp"}
_TEMPLATES = b"".join(path.read_bytes() for path in sorted(Path(drawn.TEMPLATE).parent.glob("*.typ")))


def render_picture(subject: SubjectOnPaper, form: ShareForm = ShareForm.WIDE) -> bytes:
    """Return the picture of these words in the chosen design; repeated requests do not draw it again."""
    chosen = drawn.chosen_design(subject)
    design = Design(chosen.design) if chosen else Design.TYPE
    facts, qr = drawn.design_facts(subject, chosen), subject.qr()
    digest = hashlib.sha256(_TEMPLATES + f"{design} {qr} {facts}".encode()).hexdigest()
    kind, key = subject.key
    place: dict[str, Any] = {
        "organisation": subject.organisation,
        "kind": kind,
        "key": key,
        "language": subject.language,
        "form": form.value,
    }
    stored = SharePicture.objects.filter(**place).first()
    if stored is not None and stored.digest == digest:
        return bytes(stored.picture)
    picture = (
        draw_loop(facts, qr, design, is_right_to_left=subject.printed.dir == "rtl")
        if form == ShareForm.LOOP
        else drawn.design_png(facts, qr, design, drawn.Form(form.value))
    )
    with transaction.atomic(using="square"):
        SharePicture.objects.update_or_create(**place, defaults={"digest": digest, "picture": picture})
    return picture
