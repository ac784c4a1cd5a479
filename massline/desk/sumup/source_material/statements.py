"""Statements of the conversation as material for a sum-up."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.square.conversations.models import Statement
from massline.square.conversations.results.statement_result import StatementResult
from massline.web.charts import VoteWords, draw_vote_bar


@dataclass(frozen=True)
class BenchStatement:
    """A statement and, if enough people have voted, its result."""

    statement: Statement
    answered: StatementResult | None

    @property
    def enough(self) -> bool:
        return self.answered is not None and self.answered.enough

    @property
    def sentence(self) -> str:
        """The answers in words; the bar beside shows the same."""
        if self.answered is None or not self.answered.enough:
            return ""
        counts = self.answered.answers
        counted = _("%(agree)d agree, %(passed)d pass, %(disagree)d disagree") % {
            "agree": counts.agree,
            "passed": counts.passed,
            "disagree": counts.disagree,
        }
        return f"{counted}. {self.answered.overturned_by}" if self.answered.overturned_by else counted

    @property
    def bar(self) -> str:
        if self.answered is None or not self.answered.enough:
            return ""
        counts = self.answered.answers
        low, high = counts.agree_interval
        return draw_vote_bar(
            counts.agree,
            counts.passed,
            counts.disagree,
            low=low,
            high=high,
            label=ngettext("%(n)d person answered", "%(n)d people answered", counts.seen)
            % {"n": counts.seen},
            id=f"statement-{self.statement.number}",
            answers=VoteWords(_("agree"), _("pass"), _("disagree"), _("no answers yet")),
        )
