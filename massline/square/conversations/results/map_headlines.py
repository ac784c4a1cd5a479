"""Headlines of the page of results."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.opinion.map_schema import AnswerCounts


def agreement_headline(answers: AnswerCounts | None) -> str:
    """How many in ten agree with the statement that unites most; a plain title where none surely unites."""
    if answers is None:
        return _("What we think")
    sentences = {
        6: _("Six in ten of us agree."),
        7: _("Seven in ten of us agree."),
        8: _("Eight in ten of us agree."),
        9: _("Nine in ten of us agree."),
        10: _("Nearly all of us agree."),
    }
    return sentences.get(round(10 * answers.agree / answers.seen), _("More than half of us agree."))


def points_of_view_headline(groups: int) -> str:
    sentences = {
        2: _("Two points of view"),
        3: _("Three points of view"),
        4: _("Four points of view"),
    }
    return sentences.get(groups) or ngettext("%(n)s point of view", "%(n)s points of view", groups) % {
        "n": groups
    }
