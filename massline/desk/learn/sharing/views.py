"""Pages on sharing: signed lessons out and in, trials of lessons, and public texts for chosen organisations."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import (
    edit_form,
    report_merged_edit,
    serialise_edits,
    show_sent_again,
)
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.learn.lessons.access import access_lesson, access_own_lesson
from massline.desk.learn.sharing import actions, signed_lesson_files
from massline.desk.learn.sharing.access import access_received
from massline.desk.learn.sharing.forms import FileForm, GiveForm, TrialForm, trial_fields
from massline.desk.learn.sharing.models import ForeignLesson, Gift, Trial
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


@require_POST
@serialise_edits
def record_trial(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_lesson(request, org, pk, need=Role.ORGANISER)
    return _record_trial(request, lesson.uuid, back=reverse("learn:lesson", args=[org, pk]))


@require_POST
@serialise_edits
def record_received_trial(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_received(request, org, pk, need=Role.ORGANISER)
    return _record_trial(request, lesson.uuid, back=reverse("learn:received", args=[org, pk]))


def _record_trial(request: DeskRequest, lesson: UUID, *, back: str) -> HttpResponse:
    """Record a trial; where another one was recorded meanwhile, show both before it takes the place of that."""
    trial = actions.find_trial(request.organisation, lesson)
    row = trial or Trial(organisation=request.organisation, lesson=lesson)
    form = edit_form(request, row, lambda: TrialForm(request.POST, initial=trial_fields(trial)))
    if not form.is_valid():
        return show_sent_again(request, form, heading=_("Did you try it here?"), back=back)
    actions.record_trial(
        organisation=request.organisation, lesson=lesson, by=request.user, **form.cleaned_data
    )
    report_merged_edit(request, form)
    messages.success(request, _("Saved. Everyone who has this lesson sees the count."))
    return redirect(back)


@require_POST
def download_signed_lesson(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Download a lesson as a signed file, for organisations of other installations."""
    lesson = access_own_lesson(request, org, pk)
    vault = open_vault(request, request.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("learn:lesson", args=[org, pk]))
    counts = actions.count_trials(lesson.uuid)
    text = signed_lesson_files.sign_lesson(lesson, vault, held=counts.held, did_not=counts.did_not)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="lesson-{lesson.uuid}.json"'
    return response


def import_lesson(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lesson = actions.import_lesson(
                organisation=organisation, text=form.cleaned_data["pasted"], by=request.user
            )
        except signed_lesson_files.NotGenuine as refusal:
            form.add_error("pasted", form_errors(refusal))
        else:
            return redirect("learn:received", org, lesson.pk)
    vault = open_vault(request, organisation)
    ours = (
        signed_lesson_files.format_fingerprint(signed_lesson_files.derive_public_key(vault)) if vault else ""
    )
    lessons = ForeignLesson.objects.filter(organisation=organisation)[:30]
    return render(request, "learn/take_in.html", {"form": form, "lessons": lessons, "fingerprint": ours})


@require_safe
def show_received_lesson(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_received(request, org, pk, need=Role.MEMBER)
    trial = actions.find_trial(request.organisation, lesson.uuid)
    return render(
        request,
        "learn/received.html",
        {
            "lesson": lesson,
            "key": actions.find_known_key(lesson),
            "fingerprint": signed_lesson_files.format_fingerprint(lesson.public_key),
            "mine": trial,
            "trial_form": TrialForm(initial=trial_fields(trial)),
        },
    )


@require_POST
def trust_key(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_received(request, org, pk, need=Role.ORGANISER)
    actions.trust_key(lesson=lesson, by=request.user)
    messages.success(request, _("Saved. From now on, lessons signed with this key are shown as theirs."))
    return redirect("learn:received", org, pk)


def share_text(request: DeskRequest, org: str) -> HttpResponse:
    """Share something public with chapters and coalitions, each chosen by name."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    allies = actions.list_sharing_partners(organisation)
    form = GiveForm(request.POST or None, to=allies)
    if request.method == "POST" and form.is_valid():
        actions.share_public_text(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Shared with the ones you chose, and nobody else."), extra_tags="text-shared"
        )
        return redirect("learn:give", org)
    given = Gift.objects.filter(organisation=organisation).prefetch_related("given_to")[:20]
    return render(request, "learn/give.html", {"form": form, "given": given, "allies": allies})
