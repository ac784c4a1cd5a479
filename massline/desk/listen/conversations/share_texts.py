"""Texts that pass on an open question: for a group chat, as a text message, by e-mail, and to say at the door."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import ListeningRound
from massline.web.templatetags.massline import on_day


@dataclass(frozen=True)
class ShareText:
    """A text for one channel, in the language that is active."""

    channel: str
    name: str
    text: str


def share_texts(round_: ListeningRound, address: str) -> list[ShareText]:
    """Write the question with its address for each channel."""
    facts = {
        "question": round_.question,
        "address": address,
        "day": on_day(round_.closes_on),
        "organisation": round_.organisation.name,
    }
    return [
        ShareText(
            "chat",
            _("For the group chat"),
            _(
                "%(question)s\nAnswer in two minutes, without a name or an account: %(address)s\n"
                "Open until %(day)s. %(organisation)s"
            )
            % facts,
        ),
        ShareText(
            "message",
            _("As a text message"),
            _("%(question)s Two minutes, no name: %(address)s %(organisation)s") % facts,
        ),
        ShareText(
            "mail",
            _("By e-mail"),
            _(
                "Dear neighbours,\n\nbefore we decide anything we want to hear from you: %(question)s\n\n"
                "It takes two minutes, without a name or an account:\n%(address)s\n\n"
                "Please answer by %(day)s. You will all hear from us what came out.\n\n%(organisation)s"
            )
            % facts,
        ),
        ShareText(
            "door",
            _("To say at the door"),
            _("%(question)s You can tell me, or answer on your phone: here’s the code.") % facts,
        ),
    ]
