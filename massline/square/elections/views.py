"""The page of an election: the ballot while it is open, and the result once it is counted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from massline.core.db.group_commit import DeferredOutcome, UnknownOutcome
from massline.core.disclosure_threshold import threshold
from massline.square import rate_limits
from massline.square.conversations.voting.blank_ballots import blank_of, level_of
from massline.square.conversations.voting.forms import ballot_for
from massline.square.conversations.voting.voter_cookie import participant_of, set_cookie, token_of
from massline.square.elections.access import access_election
from massline.square.elections.ballot_writer import BallotOutcome, SentBallot, queue_ballot
from massline.square.elections.forms import OptionBallotForm
from massline.square.elections.models import Ballot, PublishedElection
from massline.square.elections.result_page import present_result
from massline.web.rate_limits import RetryAfter

LATER_SECONDS = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_election(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Show the ballot to whoever came in with a card, and the result to everybody; a POST casts a ballot."""
    election = access_election(org, slug)
    if election.is_counted:
        result = present_result(election)
        facts = {"organisation": election.organisation, "election": election, "result": result}
        return render(request, "elections/result.html", facts)
    if request.method == "POST":
        return _cast(request, election)
    return _page(request, election)


@require_safe
def download_ballots(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """The anonymous ballots, to count again; 404 before the count and where too few voted."""
    election = access_election(org, slug)
    if not election.ballots_file:
        raise Http404
    response = HttpResponse(election.ballots_file.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ballots-{election.page.slug}.csv"'
    return response


def _cast(request: HttpRequest, election: PublishedElection) -> HttpResponse:
    form = OptionBallotForm(request.POST, election=election)
    if not form.is_valid():
        return _page(request, election, form=form, status=422)
    signed = form.cleaned_data["ballot"]
    if signed.conversation != election.page_id:
        return render(request, "web/stale.html", status=403)
    if not signed.belongs_to(token_of(request)):
        return _page(request, election, form=form, problem="other-browser", status=422)
    if wait := rate_limits.votes.wait_of(request):
        return _later(request, election, form, "many-answers", wait, status=429)
    blank = blank_of(request, election.page_id)
    sent = SentBallot(election.pk, election.page_id, signed.token, form.ranks, blank)
    try:
        outcome = queue_ballot(sent)
    except UnknownOutcome:
        return _later(request, election, form, "cannot-tell-yet", RetryAfter(LATER_SECONDS))
    except DeferredOutcome:
        return _later(request, election, form, "many-at-once", RetryAfter(LATER_SECONDS))
    if outcome is BallotOutcome.NOT_ADMITTED:
        return redirect(election.page.get_way_in_url())
    if outcome is BallotOutcome.CLOSED:
        return redirect(election)
    response = redirect(f"{election.get_absolute_url()}?said=kept")
    set_cookie(response, signed.token)
    return response


def _later(
    request: HttpRequest,
    election: PublishedElection,
    form: OptionBallotForm,
    problem: str,
    wait: RetryAfter,
    *,
    status: int = 503,
) -> HttpResponse:
    response = _page(request, election, form=form, problem=problem, wait=wait, status=status)
    response["Retry-After"] = str(wait.seconds)
    return response


def _page(
    request: HttpRequest,
    election: PublishedElection,
    *,
    form: OptionBallotForm | None = None,
    problem: str = "",
    wait: RetryAfter | None = None,
    status: int = 200,
) -> HttpResponse:
    page = election.page
    participant = participant_of(request, page)
    is_open = election.is_open()
    admitted = is_open and page.admits(level_of(participant, blank_of(request, page.pk)))
    given = Ballot.objects.filter(participant=participant).first() if participant else None
    facts = {
        "organisation": election.organisation,
        "election": election,
        "page": page,
        "is_open": is_open,
        "admitted": admitted,
        "given": _in_words(election, given) if given else [],
        "is_kept": bool(given) and request.GET.get("said") == "kept",
        "least": threshold(election.organisation).k,
        "problem": problem,
        "wait": wait,
    }
    if admitted:
        signed = ballot_for(page, token_of(request), newcomer=False).sign()
        ranks = given.ranks if given and len(given.ranks) == len(election.names) else None
        facts["form"] = form or OptionBallotForm(election=election, ranks=ranks)
        facts["signed"] = signed
    return render(request, "elections/election.html", facts, status=status)


def _in_words(election: PublishedElection, ballot: Ballot) -> list[tuple[int, str]]:
    """What a ballot says, best first: its numbers beside the names of the options."""
    marked = [(rank, name) for rank, name in zip(ballot.ranks, election.names, strict=False) if rank]
    return sorted(marked, key=lambda row: row[0])
