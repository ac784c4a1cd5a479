"""Every verb of summing up: writing and signing, making quotes safe, answering, and being helped to a draft."""

from massline.desk.sumup.answers.actions import answer
from massline.desk.sumup.claims.actions import (
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
from massline.desk.sumup.claims.recognition_check import confirm
from massline.desk.sumup.drafts.actions import take_draft

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
