"""The page on which a lesson is set right, or withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.learn.lessons import actions
from massline.desk.learn.lessons.access import access_own_lesson
from massline.desk.learn.lessons.forms import LessonCorrectionForm
from massline.desk.learn.private_names import NamesSomebody
from massline.web.refusal_messages import name_of_reason


@serialise_edits
def correct_lesson(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Correct a lesson; with `withdraw` sent, delete it."""
    lesson = access_own_lesson(request, org, pk)
    if request.method == "POST" and "withdraw" in request.POST:
        event = lesson.review.event_id
        actions.withdraw_lesson(lesson=lesson, by=request.user)
        messages.success(request, _("The lesson is withdrawn."), extra_tags="lesson-withdrawn")
        return redirect("learn:review", org, event)
    form = edit_form(request, lesson, lambda: LessonCorrectionForm.of(lesson, request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_lesson(lesson=lesson, by=request.user, **form.cleaned_data)
        except NamesSomebody as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field, ValidationError(str(reason), code=name_of_reason(reason)))
        else:
            report_merged_edit(request, form)
            messages.success(
                request, _("Saved. Every chapter that has it reads it so."), extra_tags="lesson-corrected"
            )
            return redirect("learn:lesson", org, pk)
    page = {"lesson": lesson, "form": form}
    return render(request, "learn/correct_lesson.html", page, status=422 if form.errors else 200)
