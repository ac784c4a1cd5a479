"""Changing a row that somebody else may be changing at the same time."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.audit.models import AuditLine
from massline.web.edit_forms import EditForm

P = ParamSpec("P")
F = TypeVar("F", bound=EditForm)
View = Callable[Concatenate[DeskRequest, P], HttpResponse]


def serialise_edits(view: "View[P]") -> "View[P]":
    """Decorate a view so that it reads the row and writes it in one transaction; the next sender waits for it."""

    @wraps(view)
    def in_turn(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic(using="desk"):
            return view(request, *args, **kwargs)

    return in_turn


def edit_form(request: DeskRequest, row: models.Model, make_form: Callable[[], F]) -> F:
    """Make the form that changes a row. On a POST the row is read anew and held until the transaction ends."""
    if request.method == "POST" and not row._state.adding:
        rows = type(row)._default_manager.using("desk").select_for_update(of=("self",))
        row.refresh_from_db(from_queryset=rows)
    form = make_form()
    form.changed_by = lambda: _last_editor(request, row)
    return form


def show_sent_again(
    request: DeskRequest, form: forms.BaseForm, *, heading: str, back: str, status: int = 422
) -> HttpResponse:
    """A page with a refused form of a few fields, for forms that are part of a larger page; what was sent is in it."""
    page = {"form": form, "version": getattr(form, "version_field", ""), "heading": heading, "back": back}
    return render(request, "web/sent_again.html", page, status=status)


def _last_editor(request: DeskRequest, row: models.Model) -> str:
    """Name of whoever changed the row last, as the activity log has it."""
    lines = AuditLine.objects.filter(
        organisation=request.organisation, subject=f"{type(row).__name__} {row.pk}"
    )
    last = lines.exclude(account=None).select_related("account").order_by("sequence").last()
    return last.account.name if last and last.account else ""


def report_merged_edit(request: DeskRequest, form: EditForm) -> None:
    """Tell the sender which fields another person changed meanwhile; both changes were kept."""
    if not form.joined:
        return
    labels = [str(form.fields[name].label or name) for name in form.joined]
    name = form.changed_by() if form.changed_by else ""
    phrase = {"name": name, "fields": get_text_list(labels, _("and"))}
    messages.info(
        request,
        _("%(name)s changed this while you were writing: %(fields)s. Both changes were kept.") % phrase
        if name
        else _("Somebody changed this while you were writing: %(fields)s. Both changes were kept.") % phrase,
        extra_tags="joined",
    )
