"""Pages on a hall: opening it for a meeting, printing its cards, and the address to vote at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.phone_votes import actions
from massline.desk.decide.phone_votes.models import PhoneVoteHall
from massline.desk.decide.phone_votes.voting_card_form import VotingCardForm
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role
from massline.square.calls.models import PublicEvent
from massline.web.absolute_urls import typeable_url
from massline.web.refusal_messages import form_errors, name_of_reason


@require_POST
def open_phone_vote(request: DeskRequest, org: str) -> HttpResponse:
    """Open the hall of the meeting that is named; its event is known by the title."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    meeting = request.POST.get("meeting", "")[:160]
    events = PublicEvent.objects.filter(organisation__uuid=organisation.uuid, title=meeting).coming_up()
    event = events.first()
    try:
        hall = actions.open_phone_vote(
            organisation=organisation,
            meeting=meeting,
            meeting_uuid=event.uuid if event else None,
            by=request.user,
        )
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason), extra_tags=name_of_reason(reason))
        return redirect("decide:motions", org)
    return redirect("decide:hall", org, hall.pk)


def show_phone_vote(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show a hall's address and motions; a POST prints cards, which are stored nowhere."""
    hall = access_row(request, org, PhoneVoteHall, pk, need=needed_role(request))
    form = VotingCardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = actions.print_voting_cards(hall=hall, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            response = HttpResponse(sheet, content_type="application/pdf")
            response["Content-Disposition"] = f'attachment; filename="cards-{hall.slug}.pdf"'
            return response
    page = hall.page
    facts = {
        "hall": hall,
        "page": page,
        "is_open": page is not None and page.is_open(),
        "address": typeable_url(page.get_short_url()) if page else "",
        "printed": sum(page.ways.values_list("most", flat=True)) if page else 0,
        "motions": hall.motions.all(),
        "form": form,
    }
    return render(request, "decide/hall.html", facts, status=422 if form.errors else 200)
