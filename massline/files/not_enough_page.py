"""A sentence for the honest answer that there is not enough yet."""

from massline.engine.not_enough import NotEnough
from massline.files.phrases import _, number


def said(short: NotEnough) -> str:
    return _("There is not enough yet: {have} of the {need} {what} it takes.").format(
        have=number(short.have), need=number(short.need), what=short.what
    )
