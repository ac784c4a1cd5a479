"""Pages on elections: preparing, publishing, cards and paper, typing in paper, and the count."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure_threshold import threshold
from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.elections import actions
from massline.desk.decide.elections.forms import (
    BatchAgainForm,
    BatchForm,
    CountElectionForm,
    ElectionForm,
    PaperBallotForm,
    write_options,
)
from massline.desk.decide.elections.models import Election, ElectionState, PaperBatch
from massline.desk.decide.elections.paper_ballot_pdf import render_paper_ballots
from massline.desk.decide.elections.paper_ballots import list_differences
from massline.desk.decide.elections.refusal_reasons import PileThereAlready
from massline.desk.decide.phone_votes.voting_card_form import VotingCardForm
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.audit import chain
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.square.elections.methods import CountingMethod
from massline.web.absolute_urls import typeable_url
from massline.web.refusal_messages import form_errors, show_reasons

# What a page calls the state of its election, for scripts and tests.
PARTS = {
    ElectionState.DRAFT: "election-draft",
    ElectionState.OPEN: "election-open",
    ElectionState.CLOSED: "election-closed",
    ElectionState.COUNTED: "election-counted",
    ElectionState.WITHDRAWN: "election-withdrawn",
}


def list_elections(request: DeskRequest, org: str) -> HttpResponse:
    """List the organisation's elections; a POST prepares another."""
    organisation = access_organisation(request, org, need=needed_role(request))
    form = ElectionForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            election = actions.make_election(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            return redirect("decide:election", org, election.pk)
    page = {
        "elections": Election.objects.filter(organisation=organisation),
        "form": form,
        "methods": list(CountingMethod),
    }
    return render(request, "decide/elections.html", page, status=422 if form.errors else 200)


@serialise_edits
def show_election(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one election; a POST changes it while it is being prepared."""
    election = access_row(request, org, Election, pk, need=needed_role(request))
    form = edit_form(request, election, lambda: ElectionForm(request.POST or None, initial=_stored(election)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_election(election=election, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            report_merged_edit(request, form)
            return redirect("decide:election", org, pk)
    return _page(request, election, form=form)


def _stored(election: Election) -> dict[str, object]:
    names = ("title", "method", "seats", "decides", "who", "opens_at", "closes_at", "may_close_early")
    stored: dict[str, object] = {name: getattr(election, name) for name in names}
    return stored | {"options": write_options(election.options), "has_paper": election.has_paper}


def _page(request: DeskRequest, election: Election, **forms: object) -> HttpResponse:
    published = election.published
    page = published.page if published else None
    phones = published.ballots.count() if published and not published.is_counted else 0
    batches = list(election.batches.all())
    is_ranked = election.counting_method.is_ranked
    facts = {
        "election": election,
        "state": election.state.value,
        "part": PARTS[election.state],
        "published": published,
        "page": page,
        "address": typeable_url(page.get_short_url()) if page else "",
        "cards": sum(page.ways.values_list("most", flat=True)) if page else 0,
        "phones": phones if threshold(election.organisation).shows(phones) else None,
        "least": threshold(election.organisation).k,
        "methods": list(CountingMethod),
        "piles": [
            (batch, list_differences(batch.typed, batch.again or [], is_ranked=is_ranked))
            for batch in batches
        ],
        "card_form": VotingCardForm(),
        "paper_form": PaperBallotForm(),
        "batch_form": BatchForm(),
        "again_form": BatchAgainForm(),
        "count_form": CountElectionForm(initial={"entitled": None}),
    }
    is_wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "decide/election.html", facts | forms, status=422 if is_wrong else 200)


@require_POST
def publish_election(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    with show_reasons(request, _("Published. Now hand out the cards."), part="election-published"):
        actions.publish_election(election=election, by=request.user)
    return redirect("decide:election", org, pk)


@require_POST
def end_election(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Close the vote early, or withdraw it."""
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    if "withdraw" in request.POST:
        with show_reasons(request, _("Vote withdrawn. Its ballots are deleted."), part="election-withdrawn"):
            actions.withdraw_election(election=election, by=request.user)
    else:
        with show_reasons(request, _("Voting is closed. Now count."), part="election-closed"):
            actions.close_election(election=election, by=request.user)
    return redirect("decide:election", org, pk)


@require_POST
def print_cards(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Print cards with codes, which are stored nowhere."""
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    form = VotingCardForm(request.POST)
    if form.is_valid():
        try:
            sheet = actions.print_election_cards(election=election, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            return _pdf(sheet, f"cards-{election.pk}.pdf")
    return _page(request, election, card_form=form)


@require_POST
def print_papers(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Print paper ballots; nothing on them tells one from another."""
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    form = PaperBallotForm(request.POST)
    if not form.is_valid():
        return _page(request, election, paper_form=form)
    papers = form.cleaned_data["papers"]
    chain.append_line(election.organisation, request.user, f"printed {papers} paper ballots", election)
    return _pdf(render_paper_ballots(election, papers), f"ballots-{election.pk}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def type_in_batch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Type in a pile of paper for the first time."""
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    form = BatchForm(request.POST)
    if form.is_valid():
        try:
            actions.type_in_batch(election=election, by=request.user, **form.cleaned_data)
        except Refused as refused:
            is_there = any(isinstance(reason, PileThereAlready) for reason in refused.reasons)
            form.add_error("name" if is_there else "text", form_errors(refused))
        else:
            return redirect("decide:election", org, pk)
    return _page(request, election, batch_form=form)


@require_POST
def check_batch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Type in a pile again, or remove it."""
    batch = access_row(request, org, PaperBatch, pk, need=Role.ORGANISER)
    election = batch.election
    if "remove" in request.POST:
        with show_reasons(request):
            actions.remove_batch(batch=batch, by=request.user)
        return redirect("decide:election", org, election.pk)
    form = BatchAgainForm(request.POST)
    if form.is_valid():
        try:
            actions.type_in_again(batch=batch, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("text", form_errors(refused))
        else:
            return redirect("decide:election", org, election.pk)
    return _page(request, election, again_form=form, wrong_pile=batch.pk)


@require_POST
def count_election(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    election = access_row(request, org, Election, pk, need=Role.ORGANISER)
    form = CountElectionForm(request.POST)
    if not form.is_valid():
        return _page(request, election, count_form=form)
    try:
        actions.count_election(election=election, by=request.user, **form.to_count())
    except Refused as refused:
        form.add_error(None, form_errors(refused))
        return _page(request, election, count_form=form)
    return redirect("decide:election", org, pk)
