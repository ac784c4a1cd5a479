"""One statement of the square as it lies on the bench."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.square.conversations.models import Statement
from massline.square.conversations.results.statement_result import StatementResult
from massline.web.charts import VoteWords, vote_bar


@dataclass(frozen=True)
class OnSquare:
    """One statement and, where enough have voted, how it was answered."""

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
        found = self.answered.found
        counted = _("%(agree)d agree, %(passed)d pass, %(disagree)d disagree") % {
            "agree": found["agree"],
            "passed": found["pass"],
            "disagree": found["disagree"],
        }
        return f"{counted}. {self.answered.overturned_by}" if self.answered.overturned_by else counted

    @property
    def bar(self) -> str:
        if self.answered is None or not self.answered.enough:
            return ""
        found = self.answered.found
        low, high = found["agree_interval"]
        return vote_bar(
            found["agree"],
            found["pass"],
            found["disagree"],
            low=low,
            high=high,
            label=ngettext("%(n)d person answered", "%(n)d people answered", found["seen"])
            % {"n": found["seen"]},
            id=f"statement-{self.statement.number}",
            answers=VoteWords(_("agree"), _("pass"), _("disagree"), _("nobody has answered yet")),
        )
