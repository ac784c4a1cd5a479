"""Every verb of summing up: writing and signing, making quotes safe, answering, and being helped to a draft."""

from massline.desk.sumup.actions.answering import answer
from massline.desk.sumup.actions.drafting import take_draft
from massline.desk.sumup.actions.safeguarding import confirm
from massline.desk.sumup.actions.writing import (
    add_claim,
    begin,
    describe,
    edit_claim,
    move_claim,
    publish,
    put_back,
    remove_claim,
    sign,
)

__all__ = [
    "add_claim",
    "answer",
    "begin",
    "confirm",
    "describe",
    "edit_claim",
    "move_claim",
    "publish",
    "put_back",
    "remove_claim",
    "sign",
    "take_draft",
]
