"""The list of what needs the organisers now, most pressing first; never about a person's opinions."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.events.models import Event
from massline.desk.act.events.upcoming import next_mass_meeting
from massline.desk.act.legal.actions import untaken_slots
from massline.desk.act.meetings.models import Meeting
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.accounts import second_factor_policy
from massline.desk.guard.keys import safety
from massline.desk.guard.notices import notices
from massline.desk.home import people_todos
from massline.desk.home.todo_item import TodoItem
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import section_coverage
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.desk.sumup.answers.open_questions import open_questions
from massline.desk.sumup.claims.models import SumUp, SumUpState
from massline.square.conversations.models import Statement
from massline.square.envelopes.models import Envelope
from massline.web.refusals import name_of_reason

HARDLY_HEARD = 0.1


def list_todos(organisation: Organisation, account: Account) -> list[TodoItem]:
    """Return everything that waits; what other people wait for comes before what we plan."""
    return [
        *_mass_meeting(organisation),
        *_act(organisation),
        *_people(organisation),
        *people_todos.welcome_todos(organisation),
        *people_todos.mandate_todos(organisation),
        *_learn(organisation),
        *people_todos.agreement_todos(organisation, account),
        *people_todos.follow_up_todos(organisation),
        *_listen(organisation),
        *_sum_up(organisation, account),
        *_questions(organisation),
        *_decide(organisation),
        *_guard(organisation),
        *_notices(organisation, account),
        *_second_factor(account),
    ]


def _mass_meeting(organisation: Organisation) -> Iterator[TodoItem]:
    if next_mass_meeting(organisation) is None:
        yield TodoItem(
            "mass-meeting",
            _("No mass meeting is set."),
            _("Every public page says so. People who want to come do not know when."),
            _("Set the next one"),
            reverse("act:plan", args=[organisation.slug]),
        )


def _act(organisation: Organisation) -> Iterator[TodoItem]:
    unclosed = Meeting.objects.filter(
        event__organisation=organisation, closed_at=None, event__cancelled=False
    )
    for meeting in unclosed.filter(event__ends_at__lt=timezone.now()).select_related("event")[:2]:
        yield TodoItem(
            "next-meeting",
            _("“%(event)s” is over, and no next meeting was announced.") % {"event": meeting.event.title},
            _("Everybody went home without knowing when we meet again. Tell them now."),
            _("Announce it"),
            reverse("meeting:close", args=[organisation.slug, meeting.event_id]),
        )
    if untaken_slots(organisation):
        yield TodoItem(
            "hotline",
            _("Nobody sits at the hotline for some hours of the next three days."),
            _("Whoever is taken calls this number first."),
            _("Find somebody"),
            reverse("legal:desk", args=[organisation.slug]),
        )


def _people(organisation: Organisation) -> Iterator[TodoItem]:
    envelopes = Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid)
    waiting = envelopes.count()
    if waiting:
        yield TodoItem(
            "sign-ups",
            ngettext("%(n)d envelope waits to be opened.", "%(n)d envelopes wait to be opened.", waiting)
            % {"n": waiting},
            _("People signed up, changed or cancelled. A key-holder opens them."),
            _("Open them"),
            reverse("act:events", args=[organisation.slug]),
        )
    lost = Contact.objects.filter(organisation=organisation).without_next_step().count()
    if lost:
        yield TodoItem(
            "no-next-step",
            ngettext("%(n)d person has no next step.", "%(n)d people have no next step.", lost) % {"n": lost},
            _("They gave us their name. Somebody should call them."),
            _("Give them one"),
            reverse("people:people", args=[organisation.slug]),
        )
    late = NextStep.objects.overdue().filter(contact__organisation=organisation).count()
    if late:
        yield TodoItem(
            "overdue",
            ngettext("%(n)d next step is overdue.", "%(n)d next steps are overdue.", late) % {"n": late},
            _("Done already? Say so. Not done? Call."),
            _("Look after them"),
            reverse("people:people", args=[organisation.slug]),
        )


def _learn(organisation: Organisation) -> Iterator[TodoItem]:
    for event in Event.objects.of(organisation).without_review()[:3]:
        yield TodoItem(
            "review",
            _("“%(event)s” is over. What did we learn?") % {"event": event.title},
            _("Twenty minutes, by those who did it, within 48 hours. The numbers are filled in."),
            _("Hold the review"),
            reverse("learn:review", args=[organisation.slug, event.pk]),
        )
    open_lesson = Lesson.objects.filter(review__event__organisation=organisation, next_round=None).first()
    if open_lesson is not None and not ListeningRound.objects.of(organisation).open().exists():
        yield TodoItem(
            "next-question",
            _("Nobody is being asked anything now."),
            _("The last lesson: %(claim)s") % {"claim": open_lesson.claim},
            _("Ask the next question"),
            reverse("learn:lesson", args=[organisation.slug, open_lesson.pk]),
        )


def _listen(organisation: Organisation) -> Iterator[TodoItem]:
    rounds = list(ListeningRound.objects.of(organisation).open().select_related("organisation")[:3])
    if not rounds and not ListeningRound.objects.of(organisation).exists():
        yield TodoItem(
            "first-round",
            _("You have not asked anything yet."),
            _("One concrete question, ten doors, three days."),
            _("Open a listening round"),
            reverse("listen:open_round", args=[organisation.slug]),
        )
    for round_ in rounds:
        url = reverse("listen:round", args=[organisation.slug, round_.pk])
        conversation = conversation_of(round_)
        held = Statement.objects.filter(conversation=conversation).held().count() if conversation else 0
        if held:
            yield TodoItem(
                "own-words",
                ngettext("%(n)d sentence waits to be read.", "%(n)d sentences wait to be read.", held)
                % {"n": held},
                _("People wrote in their own words. They are not shown until somebody reads them."),
                _("Read them"),
                url,
            )
        sections = section_coverage(round_)
        if sections and sections[0].share < HARDLY_HEARD:
            least = sections[0]
            yield TodoItem(
                "hardly-heard",
                _("%(section)s has hardly been heard: %(heard)d of %(of)d.")
                % {"section": least.section.name, "heard": least.heard, "of": least.section.headcount},
                _("Go there next."),
                _("Write down what you hear"),
                reverse("listen:field_report", args=[organisation.slug, round_.pk]),
            )


def _sum_up(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    for round_ in ListeningRound.objects.of(organisation).closed().filter(sum_ups=None)[:3]:
        yield TodoItem(
            "sum-up",
            _("“%(question)s” has closed. Those who spoke wait to hear back.")
            % {"question": round_.question},
            _("Sum up what was said; every claim opens the words it rests on."),
            _("Sum it up"),
            reverse("sumup:begin", args=[organisation.slug, round_.pk]),
        )
    unfinished = SumUp.objects.filter(round__organisation=organisation).exclude(state=SumUpState.PUBLISHED)
    for sum_up in unfinished[:3]:
        is_mine = sum_up.written_by_id == account.pk
        if sum_up.state == SumUpState.SIGNED:
            why, act = _("Signed. Nobody outside has seen it yet."), _("Publish the report-back")
        else:
            why = _("It needs a second pair of eyes to sign it.")
            act = _("Go on writing") if is_mine else _("Read and sign it")
        yield TodoItem(
            "publish-sum-up",
            _("The sum-up “%(title)s” is not out.") % {"title": sum_up.title},
            why,
            act,
            reverse("sumup:sum_up", args=[organisation.slug, sum_up.pk]),
        )


def _questions(organisation: Organisation) -> Iterator[TodoItem]:
    """Questions without an answer: how many, and for how long the first has waited."""
    waiting = open_questions(organisation)
    if waiting:
        days = max(question.days for question in waiting)
        yield TodoItem(
            "open-questions",
            ngettext("%(n)d question has no answer.", "%(n)d questions have no answer.", len(waiting))
            % {"n": len(waiting)},
            ngettext("One has waited for %(n)d day.", "One has waited for %(n)d days.", days) % {"n": days},
            _("Answer in the open"),
            reverse("sumup:answers", args=[organisation.slug]),
        )


def _decide(organisation: Organisation) -> Iterator[TodoItem]:
    for decision in Decision.objects.to_call().filter(organisation=organisation, calls=None)[:3]:
        yield TodoItem(
            "call",
            _("Decided, and nobody has been called: %(title)s") % {"title": decision.title},
            _("A decision that takes a week to become a flyer is a dead decision."),
            _("Make the call"),
            reverse("call:compose", args=[organisation.slug, decision.pk]),
        )
    due = Decision.objects.filter(organisation=organisation, review_on__lte=timezone.localdate())
    for decision in due[:2]:
        yield TodoItem(
            "review-decision",
            _("Look again at: %(title)s") % {"title": decision.title},
            _("It was to be reviewed on %(day)s.") % {"day": date_format(decision.review_on, "j F")},
            _("Read the decision"),
            reverse("decide:decision", args=[organisation.slug, decision.pk]),
        )


def _guard(organisation: Organisation) -> Iterator[TodoItem]:
    for reason in safety.missing_safeguards(organisation)[:1]:
        yield TodoItem(
            name_of_reason(reason),
            reason.say,
            _("Until then no contact can be stored: what people leave stays sealed."),
            _("Make the keys safe"),
            reverse(
                "guard:guard" if reason.missing == "second holder" else "guard:paper",
                args=[organisation.slug],
            ),
        )


def _notices(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    for notice in notices(organisation, account):
        yield TodoItem(
            notice.name, notice.what, notice.why, notice.act, reverse(notice.page, args=[organisation.slug])
        )


def _second_factor(account: Account) -> Iterator[TodoItem]:
    left = second_factor_policy.days_left(account)
    if left is not None:
        yield TodoItem(
            "second-factor",
            _("Your door has one lock."),
            ngettext(
                "A second factor is asked of you within %(n)d day: a passkey, or an app on your phone.",
                "A second factor is asked of you within %(n)d days: a passkey, or an app on your phone.",
                left,
            )
            % {"n": left},
            _("Add the second"),
            reverse("guard:account"),
        )
