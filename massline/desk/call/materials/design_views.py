"""The page that chooses a design by its picture, and the small pictures on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from massline.desk.call.materials.design_examples import with_examples
from massline.desk.call.materials.design_forms import NEEDED, DesignForm
from massline.desk.call.models import Call
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.audit import chain
from massline.desk.guard.concurrent_edits import report_merged_edit
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import SumUp
from massline.square.calls.printed.drawn import Form, chosen_design, design_facts, design_png
from massline.square.calls.printed.models import ChosenDesign, Design
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.square.calls.printed.subjects import access_own_subject
from massline.square.organisations.models import PublicOrganisation

# Enough to tell designs apart and to read the slogan, in a file of a few kilobytes.
PREVIEW_PPI = 24.0
NO_CALL = UUID(int=0)


def _subject(organisation: Organisation, kind: str, pk: int) -> SubjectOnPaper:
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    if face is None:
        raise Http404
    return access_own_subject(face, kind, pk)


def _chosen_or_new(subject: SubjectOnPaper) -> ChosenDesign:
    kind, key = subject.key
    return chosen_design(subject) or ChosenDesign(organisation=subject.organisation, kind=kind, key=key)


def design(request: DeskRequest, org: str, kind: str, pk: int) -> HttpResponse:
    """Show eight designs of one page as pictures; a POST chooses one and keeps what it shows."""
    organisation = access_organisation(request, org, need=needed_role(request))
    subject = _subject(organisation, kind, pk)
    chosen = _chosen_or_new(subject)
    now = {name: getattr(chosen, name) for name in DesignForm.base_fields if hasattr(chosen, name)}
    form = DesignForm(
        request.POST or None, request.FILES or None, chosen=chosen, initial=now | {"picture": None}
    )
    if request.method == "POST" and form.is_valid():
        _choose(organisation, chosen, request, form.cleaned_data)
        report_merged_edit(request, form)
        messages.success(
            request,
            _("Saved. The poster, the window sign and the pictures have this design now."),
            extra_tags="design-chosen",
        )
        return redirect("call:design", org, kind, pk)
    page = {
        "subject": subject,
        "chosen": chosen,
        "form": form,
        "designs": [(choice, NEEDED.get(choice, ())) for choice in Design],
        "kind": kind,
        "pk": pk,
        "picked": form["design"].value(),
        "back": _kit_address(organisation, subject),
    }
    return render(request, "call/design.html", page, status=422 if form.errors else 200)


def _kit_address(organisation: Organisation, subject: SubjectOnPaper) -> str:
    """Where the kit of a subject is; its public page for an event, whose kit belongs to a later stage."""
    kind, key = subject.key
    uuid = subject.published.uuid if isinstance(subject, CallOnPaper) else NO_CALL
    name, kits = {
        "calls": ("call:kit", Call.objects.of(organisation).filter(uuid=uuid)),
        "c": ("call:round_kit", ListeningRound.objects.of(organisation).filter(conversation=key)),
        "said": ("call:report_kit", SumUp.objects.of(organisation).filter(report=key)),
    }.get(kind, ("", SumUp.objects.none()))
    number = kits.values_list("pk", flat=True).first()
    return reverse(name, args=[organisation.slug, number]) if number else subject.url


def _choose(
    organisation: Organisation, chosen: ChosenDesign, request: DeskRequest, given: dict[str, Any]
) -> None:
    for name in ("design", "number", "counted", "quote", "who", "before", "after"):
        setattr(chosen, name, given[name])
    if given["picture"] or given["remove_picture"]:
        chosen.picture = given["picture"]
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        chosen.save()
        chain.append_line(organisation, request.user, "chose a design", f"{chosen.kind}/{chosen.key}")


@require_safe
def preview(request: DeskRequest, org: str, kind: str, pk: int, design: str) -> HttpResponse:
    """A small poster in one design, with an example where its words or picture are not given yet."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    if design not in set(Design):
        raise Http404
    subject = _subject(organisation, kind, pk)
    facts = design_facts(subject, with_examples(_chosen_or_new(subject), subject.language))
    png = design_png(facts, subject.qr(), Design(design), Form.POSTER, ppi=PREVIEW_PPI)
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response
