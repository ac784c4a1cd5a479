"""Texts that pass on a listening round or a report-back, for each channel, in its own language."""

from django.utils.translation import gettext as _

from massline.desk.call.materials.share_texts import SHORTEST_POST
from massline.desk.listen.conversations.share_texts import ShareText, share_texts
from massline.desk.listen.rounds.models import ListeningRound
from massline.square.calls.printed.printed_report import ReportOnPaper
from massline.square.calls.printed.printed_round import RoundOnPaper
from massline.web.language_choice import in_language


def texts_of_round(round_: ListeningRound, subject: RoundOnPaper) -> list[ShareText]:
    with in_language(subject.language):
        return share_texts(round_, subject.url)


def texts_of_report(subject: ReportOnPaper) -> list[ShareText]:
    """The report-back for each channel; a message has its title and address alone."""
    printed, report, url = subject.printed, subject.report, subject.url
    with in_language(subject.language):
        next_step = _("What happens next: %(next_step)s") % {"next_step": report.next_step}
        full = [printed.slogan, "", report.heard, "", next_step, "", printed.ask, url]
        post = "\n".join([printed.slogan, next_step, printed.ask, url])
        return [
            ShareText("chat", _("For the group chat"), "\n".join(full)),
            ShareText("message", _("As a text message"), f"{printed.slogan} {url} {printed.organisation}"),
            ShareText("mail", _("By e-mail"), "\n".join([*full, "", printed.organisation, printed.imprint])),
            ShareText(
                "post",
                _("For social media"),
                post if len(post) <= SHORTEST_POST else f"{printed.slogan}\n{printed.ask}\n{url}",
            ),
        ]
