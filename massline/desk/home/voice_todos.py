"""Items on the to-do list about voices: rounds to open or to widen, sum-ups, and open questions."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import section_coverage
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp, SumUpState
from massline.desk.sumup.questions.open_questions import OpenQuestion
from massline.square.conversations.models import Statement


def listening_todos(organisation: Organisation) -> Iterator[TodoItem]:
    rounds = list(ListeningRound.objects.of(organisation).open().select_related("organisation")[:3])
    if not rounds and not ListeningRound.objects.of(organisation).exists():
        yield TodoItem(
            "first-round",
            _("You haven’t asked anything yet."),
            _("One concrete question, ten doors, three days."),
            _("Start a listening round"),
            reverse("listen:open_round", args=[organisation.slug]),
        )
    for round_ in rounds:
        conversation = conversation_of(round_)
        held = Statement.objects.filter(conversation=conversation).held().count() if conversation else 0
        if held:
            yield TodoItem(
                "own-words",
                ngettext("%(n)d sentence to read.", "%(n)d sentences to read.", held) % {"n": held},
                _("People wrote these in their own words. Nobody sees them until someone has read them."),
                _("Read them"),
                reverse("listen:reading", args=[organisation.slug, round_.pk]),
            )
        # Whoever replies to an analysis is not asked by section.
        sections = [] if round_.exposures.exists() else section_coverage(round_)
        if least := next((row for row in sections if row.is_hardly_heard), None):
            yield TodoItem(
                "hardly-heard",
                _("You have hardly heard from %(section)s: %(heard)d of %(of)d people.")
                % {"section": least.section.name, "heard": least.reached, "of": least.section.headcount},
                _("Go there next."),
                _("Write down what you hear"),
                reverse("listen:field_report", args=[organisation.slug, round_.pk]),
            )


def sum_up_todos(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    for round_ in ListeningRound.objects.of(organisation).closed().filter(sum_ups=None)[:3]:
        yield TodoItem(
            "sum-up",
            _("“%(question)s” has closed. The people who answered are waiting to hear back.")
            % {"question": round_.question},
            _("Sum up what they said; every finding shows the words behind it."),
            _("Start the summary"),
            reverse("sumup:begin", args=[organisation.slug, round_.pk]),
        )
    unfinished = SumUp.objects.filter(round__organisation=organisation).exclude(state=SumUpState.PUBLISHED)
    for sum_up in unfinished[:3]:
        is_mine = sum_up.written_by_id == account.pk
        if sum_up.state == SumUpState.SIGNED:
            why, act = _("Signed, but not published yet."), _("Publish the report-back")
        else:
            why = _("A second person must read and sign it.")
            act = _("Keep writing") if is_mine else _("Read and sign it")
        yield TodoItem(
            "publish-sum-up",
            _("The summary “%(title)s” is not published.") % {"title": sum_up.title},
            why,
            act,
            reverse("sumup:sum_up", args=[organisation.slug, sum_up.pk]),
            urgency=Urgency.WEEK if is_mine else Urgency.TONIGHT,
        )


def _waited(days: int) -> str:
    if days < 1:
        return _("The first came today.")
    return ngettext("The oldest has waited %(n)d day.", "The oldest has waited %(n)d days.", days) % {
        "n": days
    }


def question_todos(organisation: Organisation, waiting: Sequence[OpenQuestion]) -> Iterator[TodoItem]:
    """Questions without an answer: first those about the next hours, then how long the others have waited."""
    page = reverse("sumup:answers", args=[organisation.slug])
    urgent = [question for question in waiting if question.urgency]
    if urgent:
        yield TodoItem(
            "urgent-questions",
            ngettext("%(n)d question cannot wait.", "%(n)d questions cannot wait.", len(urgent))
            % {"n": len(urgent)},
            _("“%(question)s” The answer goes to the public page, the phone scripts and the leaflet.")
            % {"question": urgent[0].text},
            _("Answer it now"),
            reverse("sumup:answer", args=[organisation.slug, urgent[0].key]),
            urgency=Urgency.TONIGHT,
        )
    others = len(waiting) - len(urgent)
    if others:
        days = max(question.days for question in waiting if not question.urgency)
        yield TodoItem(
            "open-questions",
            ngettext("%(n)d question to answer.", "%(n)d questions to answer.", others) % {"n": others},
            _waited(days),
            _("Answer them"),
            page,
        )
