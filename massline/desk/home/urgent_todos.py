"""Items of Today about calls that cannot wait: a second person is asked for, and what is owed since."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.phone_lists.caller_shares import lists_waiting_for
from massline.desk.act.tasks.models import CallTask
from massline.desk.call.urgent_calls.models import Debt, UrgentRequest
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.web.templatetags.massline import when

SHOWN_TASKS = 6


def urgent_todos(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    yield from _second_eyes(organisation, account)
    yield from _phone_lists(organisation, account)
    yield from _tasks(organisation, account)
    for debt in Debt.objects.filter(call__organisation=organisation, paid_at=None).select_related("call")[:6]:
        due = (
            _("It was due on %(moment)s, and the public page says so.")
            if debt.is_late
            else _("Due on %(moment)s.")
        )
        yield TodoItem(
            "debt-late" if debt.is_late else "debt",
            _("Owed for “%(slogan)s”: %(step)s")
            % {"slogan": debt.call.slogan, "step": debt.get_kind_display()},
            due % {"moment": when(debt.due_at)},
            _("Make up for it"),
            reverse("call:debt", args=[organisation.slug, debt.call_id, debt.pk]),
            urgency=Urgency.TONIGHT if debt.is_late else Urgency.WEEK,
        )


def _tasks(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    """Tasks of calls that are this account's to do now: its own, and those that stepped up to it."""
    open_tasks = CallTask.objects.of(organisation).still_open().select_related("owner", "deputy", "call")
    asked = [task for task in open_tasks if not (task.call.is_off or task.is_past)]
    mine = [task for task in asked if task.waits_for(account)]
    for task in mine[:SHOWN_TASKS]:
        is_own = task.owner_id == account.pk
        yield TodoItem(
            "task" if is_own else "task-stepped-up",
            task.what,
            _("By %(moment)s.") % {"moment": when(task.due_at)}
            if is_own or task.owner is None
            else _("%(name)s had it until %(moment)s. Now it is yours as well.")
            % {"name": task.owner.name, "moment": when(task.due_at)},
            _("See the tasks"),
            reverse("tasks:tasks", args=[organisation.slug, task.call_id]) + f"#task-{task.pk}",
            urgency=Urgency.TONIGHT,
            need=Role.MEMBER,
        )


def _phone_lists(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    """People whom this account has still to call."""
    for phone_list, left in lists_waiting_for(account, organisation):
        yield TodoItem(
            "phone-list",
            ngettext("%(n)d person waits for your call.", "%(n)d people wait for your call.", left)
            % {"n": left},
            phone_list.event.title,
            _("Call them"),
            reverse("lists:mine", args=[organisation.slug, phone_list.pk]),
            urgency=Urgency.TONIGHT,
            need=Role.HOLDER,
        )


def _second_eyes(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    """Calls that wait for a second person, for everybody who may be that person."""
    requests = UrgentRequest.objects.filter(call__organisation=organisation, seconded_at=None)
    waiting = [request for request in requests.select_related("call", "asked_by") if request.is_waiting]
    if not waiting:
        return
    circles = InvitationCircles.of(organisation)
    membership = circles.memberships.get(account.pk)
    if membership is None or membership.role < Role.ORGANISER:
        return
    for request in waiting:
        if request.asked_by is None or circles.reason_against(request.asked_by, account) is not None:
            continue
        yield TodoItem(
            "second-eyes",
            _("Urgent: “%(slogan)s” waits for a second person.") % {"slogan": request.call.slogan},
            _("%(name)s asks: %(why)s") % {"name": request.asked_by.name, "why": request.why},
            _("Read it, then send it out"),
            reverse("call:call", args=[organisation.slug, request.call_id]),
            urgency=Urgency.TONIGHT,
        )
