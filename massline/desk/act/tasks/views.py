"""The page of a call's tasks: by the hour, with whom each is now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.act.tasks import actions
from massline.desk.act.tasks.forms import TaskForm
from massline.desk.act.tasks.models import CallTask
from massline.desk.call.access import access_call
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role


def tasks(request: DeskRequest, org: str, call: int) -> HttpResponse:
    """Show who does what by when; a POST adds a task."""
    called = access_call(request, org, call, need=needed_role(request))
    form = TaskForm(request.POST or None, organisation=called.organisation, by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.add_task(call=called, by=request.user, **form.cleaned_data)
        messages.success(request, _("Task saved. It is on their Today."), extra_tags="task-added")
        return redirect("tasks:tasks", org, called.pk)
    listed = called.tasks.select_related("owner", "deputy", "done_by")
    page = {"call": called, "form": form, "tasks": [(task, task.waits_for(request.user)) for task in listed]}
    return render(request, "tasks/tasks.html", page, status=422 if form.errors else 200)


@require_POST
def done(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    task = _access_task(request, org, pk, need=Role.MEMBER)
    if actions.finish_task(task, by=request.user):
        messages.success(request, _("Done. Thank you."), extra_tags="task-done")
    else:
        messages.info(request, _("Nothing changed: somebody had done it already."), extra_tags="was-done")
    return redirect("tasks:tasks", org, task.call_id)


@require_POST
def hand_on(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    task = _access_task(request, org, pk, need=Role.MEMBER)
    if actions.hand_to_deputy(task, by=request.user):
        messages.success(request, _("Handed on, without blame."), extra_tags="task-handed-on")
    else:
        messages.info(request, _("Nothing changed: this task is not yours any more."), extra_tags="not-yours")
    return redirect("tasks:tasks", org, task.call_id)


@require_POST
def remove(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    task = _access_task(request, org, pk, need=Role.ORGANISER)
    actions.remove_task(task, by=request.user)
    messages.success(request, _("Task removed."), extra_tags="task-removed")
    return redirect("tasks:tasks", org, task.call_id)


def _access_task(request: DeskRequest, org: str, pk: int, *, need: Role) -> CallTask:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(CallTask.objects.of(organisation).select_related("call__organisation"), pk=pk)
