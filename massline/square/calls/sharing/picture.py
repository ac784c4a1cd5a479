"""Pictures and loops for chats and networks, drawn on the first request and kept until words or design change."""

import hashlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from django.db import DatabaseError, transaction

from massline.square.calls.printed import drawn
from massline.square.calls.printed.loop import draw_loop
from massline.square.calls.printed.models import Design
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.square.calls.sharing.models import ShareForm, SharePicture
from massline.web.database_unavailable import is_transient

log = logging.getLogger("massline.calls")

FILES = {
    "wide.png": ShareForm.WIDE,
    "square.png": ShareForm.SQUARE,
    "upright.png": ShareForm.UPRIGHT,
    "loop.webp": ShareForm.LOOP,
}
CONTENT_TYPES = {"png": "image/png", "webp": "image/webp"}
_TEMPLATES = b"".join(path.read_bytes() for path in sorted(Path(drawn.TEMPLATE).parent.glob("*.typ")))
# One lock for each picture that is being drawn, gone with the last who waits for it.
_drawing: "WeakValueDictionary[str, threading.Lock]" = WeakValueDictionary()
_guard = threading.Lock()


def render_picture(
    subject: SubjectOnPaper, form: ShareForm = ShareForm.WIDE, *, before_drawing: Callable[[], None]
) -> bytes:
    """Return the picture of these words in the chosen design; repeated requests do not draw it again.

    `before_drawing` is called where none is kept yet, and may refuse by an exception.
    """
    chosen = drawn.chosen_design(subject)
    design = chosen.known_design if chosen else Design.TYPE
    facts, qr = drawn.screen_facts(subject, chosen), subject.qr()
    digest = hashlib.sha256(_TEMPLATES + f"{design} {qr} {facts}".encode()).hexdigest()
    kind, key = subject.key
    place: dict[str, Any] = {
        "organisation": subject.organisation,
        "kind": kind,
        "key": key,
        "language": subject.language,
        "form": form.value,
    }
    if (kept := _kept(place, digest)) is not None:
        return kept
    before_drawing()
    with _lock_of(f"{form} {digest}"):
        # Whoever held the lock before has drawn it.
        if (kept := _kept(place, digest)) is not None:
            return kept
        picture = (
            draw_loop(facts, qr, design, is_right_to_left=subject.printed.dir == "rtl")
            if form == ShareForm.LOOP
            else drawn.design_png(facts, qr, design, drawn.Form(form.value))
        )
        _keep(place, digest, picture)
    return picture


def _kept(place: dict[str, Any], digest: str) -> bytes | None:
    stored = SharePicture.objects.filter(**place, digest=digest).first()
    return bytes(stored.picture) if stored else None


def _keep(place: dict[str, Any], digest: str, picture: bytes) -> None:
    """Store a picture. If the database cannot write at the moment, it is shown all the same."""
    try:
        with transaction.atomic(using="square"):
            SharePicture.objects.update_or_create(**place, defaults={"digest": digest, "picture": picture})
    except DatabaseError as problem:
        if not is_transient(problem):
            raise
        log.warning("A picture was not kept: %s", problem)


def _lock_of(name: str) -> threading.Lock:
    with _guard:
        return _drawing.setdefault(name, threading.Lock())
