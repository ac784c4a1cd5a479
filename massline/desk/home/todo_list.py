"""The list of what needs the organisers now, most pressing first; never about a person's opinions."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.date_formats import format_day
from massline.desk.act.events.models import Event
from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.act.legal_support.actions import untaken_hotline_slots
from massline.desk.act.meetings.models import Meeting
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.elections.models import Election, ElectionState
from massline.desk.guard.accounts import second_factor_policy
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.todo_notices import list_security_notices
from massline.desk.home import alarm_todos, people_todos, urgent_todos, voice_todos
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.desk.sumup.questions.open_questions import OpenQuestion, list_open_questions
from massline.square.envelopes.models import Envelope
from massline.web.refusal_messages import name_of_reason

MANY_LOST = 20  # from here on they are shared out in one act, not called up one by one


def list_todos(
    organisation: Organisation, account: Account, *, questions: Sequence[OpenQuestion] | None = None
) -> list[TodoItem]:
    """Return everything that is waiting; what other people wait for comes before what we plan.

    Pass the open `questions` if they are at hand, so that they are not fetched twice.
    """
    asked = list_open_questions(organisation) if questions is None else questions
    return [
        *urgent_todos.urgent_todos(organisation, account),
        *alarm_todos.alarm_todos(organisation),
        *alarm_todos.wait_condition_todos(organisation),
        *alarm_todos.promise_todos(organisation),
        *alarm_todos.offer_todos(organisation),
        *_mass_meeting(organisation),
        *_act(organisation),
        *_people(organisation),
        *people_todos.welcome_todos(organisation),
        *people_todos.mandate_todos(organisation),
        *_learn(organisation),
        *people_todos.review_agreement_todos(organisation, account),
        *people_todos.follow_up_todos(organisation),
        *voice_todos.listening_todos(organisation),
        *voice_todos.sum_up_todos(organisation, account),
        *voice_todos.question_todos(organisation, asked),
        *_decide(organisation),
        *_guard(organisation),
        *_notices(organisation, account),
        *_second_factor(account),
    ]


def _mass_meeting(organisation: Organisation) -> Iterator[TodoItem]:
    if next_mass_meeting(organisation) is None:
        yield TodoItem(
            "mass-meeting",
            _("No mass meeting planned."),
            _("Every public page says so, and people who want to come don’t know when."),
            _("Plan the next one"),
            reverse("act:plan", args=[organisation.slug]),
            urgency=Urgency.TONIGHT,
        )


def _act(organisation: Organisation) -> Iterator[TodoItem]:
    unclosed = Meeting.objects.filter(
        event__organisation=organisation, closed_at=None, event__cancelled=False
    )
    for meeting in unclosed.filter(event__ends_at__lt=timezone.now()).select_related("event")[:2]:
        yield TodoItem(
            "next-meeting",
            _("“%(event)s” is over, and no next meeting was announced.") % {"event": meeting.event.title},
            _("People went home without knowing when you meet next. Tell them now."),
            _("Announce it"),
            reverse("meeting:close", args=[organisation.slug, meeting.event_id]),
            urgency=Urgency.TONIGHT,
        )
    if untaken_hotline_slots(organisation):
        yield TodoItem(
            "hotline",
            _("Nobody is on the hotline for some hours of the next three days."),
            _("Anyone who is arrested calls this number first."),
            _("Fill the shifts"),
            reverse("legal:desk", args=[organisation.slug]),
            urgency=Urgency.TONIGHT,
        )


def _people(organisation: Organisation) -> Iterator[TodoItem]:
    envelopes = Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid)
    waiting = envelopes.count()
    if waiting:
        yield TodoItem(
            "sign-ups",
            ngettext("%(n)d sign-up to open.", "%(n)d sign-ups to open.", waiting) % {"n": waiting},
            _("People signed up, changed their details or cancelled. A key-holder can open these."),
            _("Open them"),
            reverse("act:events", args=[organisation.slug]),
            urgency=Urgency.TONIGHT,
        )
    lost = Contact.objects.filter(organisation=organisation).without_next_step().count()
    if lost:
        yield TodoItem(
            "no-next-step",
            ngettext("%(n)d person has no next step.", "%(n)d people have no next step.", lost) % {"n": lost},
            _("They gave you their name. Someone should call them."),
            _("Plan next steps"),
            reverse("act:share_out" if lost >= MANY_LOST else "people:people", args=[organisation.slug]),
        )
    late = NextStep.objects.overdue().filter(contact__organisation=organisation).count()
    if late:
        yield TodoItem(
            "overdue",
            ngettext("%(n)d next step is overdue.", "%(n)d next steps are overdue.", late) % {"n": late},
            _("Already done? Mark it. Not done? Call."),
            _("See who"),
            reverse("people:people", args=[organisation.slug]),
        )


def _learn(organisation: Organisation) -> Iterator[TodoItem]:
    for event in Event.objects.of(organisation).without_review()[:3]:
        yield TodoItem(
            "review",
            _("“%(event)s” is over. What did we learn?") % {"event": event.title},
            _("Twenty minutes with the people who did it, within 48 hours. We fill in the numbers."),
            _("Start the review"),
            reverse("learn:review", args=[organisation.slug, event.pk]),
        )
    open_lesson = Lesson.objects.filter(review__event__organisation=organisation, next_round=None).first()
    if open_lesson is not None and not ListeningRound.objects.of(organisation).open().exists():
        yield TodoItem(
            "next-question",
            _("You are not asking anything right now."),
            _("The last lesson: %(claim)s") % {"claim": open_lesson.claim},
            _("Ask the next question"),
            reverse("learn:lesson", args=[organisation.slug, open_lesson.pk]),
        )


def _decide(organisation: Organisation) -> Iterator[TodoItem]:
    for decision in Decision.objects.to_call().filter(organisation=organisation, calls=None)[:3]:
        yield TodoItem(
            "call",
            _("Decided, but no call yet: %(title)s") % {"title": decision.title},
            _("A decision needs a flyer within days, or people forget it."),
            _("Make the call"),
            reverse("call:compose", args=[organisation.slug, decision.pk]),
            urgency=Urgency.TONIGHT,
        )
    for election in Election.objects.uncounted().filter(organisation=organisation):
        if election.state == ElectionState.CLOSED:
            yield TodoItem(
                "count-election",
                _("Voting has closed: %(title)s") % {"title": election.title},
                _("People wait for the result. Throw the dice where all can see, then count."),
                _("Count the ballots"),
                reverse("decide:election", args=[organisation.slug, election.pk]),
                urgency=Urgency.TONIGHT,
            )
    due = Decision.objects.filter(organisation=organisation, review_on__lte=timezone.localdate())
    for decision in due[:2]:
        yield TodoItem(
            "review-decision",
            _("Check how it went: %(title)s") % {"title": decision.title},
            _("You planned to review it on %(day)s.") % {"day": format_day(decision.review_on)},
            _("Read the decision"),
            reverse("decide:decision", args=[organisation.slug, decision.pk]),
        )


def _guard(organisation: Organisation) -> Iterator[TodoItem]:
    missing = contact_storage_conditions.missing_safeguards(organisation)
    for reason in [*missing[:1], *(reason for reason in missing[1:] if reason.missing == "sheets")]:
        yield TodoItem(
            name_of_reason(reason),
            reason.say,
            _("You open sign-ups without a backup. If the key is lost now, all names are lost.")
            if contact_storage_conditions.is_risk_accepted(organisation)
            else _("You can’t open any sign-ups until then; they stay safely locked."),
            _("Invite a key-holder")
            if reason.missing == "second holder"
            else _("Make the key safe together"),
            reverse(
                "guard:members" if reason.missing == "second holder" else "guard:paper",
                args=[organisation.slug],
            ),
            urgency=Urgency.TONIGHT,
        )


def _notices(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    for notice in list_security_notices(organisation, account):
        yield TodoItem(
            notice.name,
            notice.what,
            notice.why,
            notice.act,
            reverse(notice.page, args=[organisation.slug]),
            urgency=Urgency.TONIGHT,
        )


def _second_factor(account: Account) -> Iterator[TodoItem]:
    left = second_factor_policy.days_left(account)
    if left is not None:
        yield TodoItem(
            "second-factor",
            _("Your login has only one step."),
            ngettext(
                "Add a second step within %(n)d day: a passkey, or an app on your phone.",
                "Add a second step within %(n)d days: a passkey, or an app on your phone.",
                left,
            )
            % {"n": left},
            _("Add a second step"),
            reverse("guard:account"),
            urgency=Urgency.LATER,
            need=Role.MEMBER,
        )
