"""A document for the honest answer that there is not enough yet."""

from typing import Any

from massline.engine.documents import document
from massline.engine.not_enough import NotEnough
from massline.files.phrases import _, number


def unanswered(schema: str, answer: NotEnough, *, seed: int, rows: int) -> dict[str, Any]:
    """Write down what is there and what it would take."""
    short = {"have": answer.have, "need": answer.need, "what": answer.what}
    return document(schema, seed=seed, rests_on={"rows": rows}, left_out={}, result={"not_enough": short})


def said(short: dict[str, Any]) -> str:
    """The same in a sentence."""
    return _("There is not enough yet: {have} of the {need} {what} it takes.").format(
        have=number(short["have"]), need=number(short["need"]), what=short["what"]
    )
