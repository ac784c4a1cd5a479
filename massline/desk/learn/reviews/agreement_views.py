"""The button that marks what was agreed in a review as done."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.learn.reviews import actions
from massline.desk.learn.reviews.access import access_agreement


@require_POST
def finish_agreement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    agreement = access_agreement(request, org, pk)
    actions.finish_agreement(agreement=agreement, by=request.user)
    return redirect("learn:review", org, agreement.review.event_id)
