"""A report-back on paper and in messages: its title is what a call's slogan is, and its page the address."""

from datetime import UTC, datetime, time
from functools import cached_property

from django.utils.translation import gettext as _

from massline.square.calls.printed.printed_subject import PrintedFacts, SubjectOnPaper
from massline.square.reports.basis import describe_basis
from massline.square.reports.models import ReportBack
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import on_day


class ReportOnPaper(SubjectOnPaper):
    """A published report-back in its own language."""

    def __init__(self, report: ReportBack) -> None:
        self.report = report
        self.organisation = report.organisation
        self.language = report.language
        self.code = report.uuid.hex[:6]
        self.key = ("said", report.slug)
        self.pk = report.pk
        self.changed_at = datetime.combine(report.published_on, time.min, UTC)

    @property
    def path(self) -> str:
        return self.report.get_absolute_url()

    @cached_property
    def printed(self) -> PrintedFacts:
        with in_language(self.language):
            return self.set_facts(
                slogan=self.report.title,
                ask=_("Did we hear you right? Tell us.")
                if self.report.asks_back
                else _("Read it, and pass it on."),
                when=on_day(self.report.published_on),
                rows=[
                    (_("What we heard"), self.report.heard),
                    (_("What happens next"), self.report.next_step),
                    (_("Based on"), describe_basis(self.report.rests_on)),
                    (_("Published"), on_day(self.report.published_on)),
                ],
            )

    def sign_in_words(self) -> tuple[str, str]:
        return _("Who wants to hear what comes next"), _(
            "Write only what you want to. Tick “you can write to me” and %(who)s will tell you what comes "
            "next; you can stop that any time. We shred the sheet once it is typed in."
        ) % {"who": self.organisation.name}
