"""Pages of open questions and published answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.sumup.analyses.models import Analysis
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.desk.sumup.masking.personal_data import flags_of, masking_of
from massline.desk.sumup.questions import actions
from massline.desk.sumup.questions.access import access_question
from massline.desk.sumup.questions.forms import AnswerForm
from massline.desk.sumup.questions.models import Answer
from massline.desk.sumup.questions.open_questions import (
    NEAR,
    list_open_questions,
    load_wordings,
    select_questions,
)
from massline.web.refusal_messages import name_of_reason

SHOWN = 50


def answers(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    waiting = list_open_questions(organisation)
    given = Answer.objects.filter(organisation=organisation).select_related("by")
    page = {
        "waiting": load_wordings(waiting[:SHOWN], near=NEAR),
        "waiting_count": len(waiting),
        "answers": given[:SHOWN],
        "exposures": Analysis.objects.filter(organisation=organisation)[:SHOWN],
    }
    return render(request, "sumup/answers.html", page)


def answer(request: DeskRequest, org: str, key: str) -> HttpResponse:
    asked, waiting = access_question(request, org, key, need=Role.ORGANISER)
    named = asked.urgency.event if asked.urgency else None
    form = AnswerForm(
        request.POST or None,
        organisation=request.organisation,
        initial={"event": str(named.uuid) if named else ""},
    )
    also = request.POST.getlist("also")
    if request.method == "POST" and form.is_valid():
        together = [
            asked,
            *select_questions([question for question in waiting if question is not asked], also),
        ]
        try:
            actions.answer_questions(
                organisation=request.organisation, questions=together, by=request.user, **form.cleaned_data
            )
        except NotReady as refused:
            for reason in refused.reasons:
                messages.error(request, str(reason), extra_tags=name_of_reason(reason))
        else:
            messages.success(
                request,
                _("Answered. It is on our public page, with how long it took."),
                extra_tags="answered",
            )
            return redirect("sumup:answers", org)
    others = [question for question in waiting if question is not asked and question not in asked.near]
    page = {
        "asked": load_wordings([asked])[0],
        "form": form,
        "also": also,
        "others": load_wordings(others[:SHOWN], near=0),
        "flagged": asked.first is not None
        and masking_of(asked.first) is None
        and bool(flags_of(asked.first)),
    }
    return render(request, "sumup/answer.html", page)
