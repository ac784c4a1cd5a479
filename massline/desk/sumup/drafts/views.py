"""The page for a first draft by a machine: a preview of the request, and sending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.desk.sumup.drafts import actions, remote_model
from massline.web.refusal_messages import name_of_reason


def draft(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    where = remote_model.configured_endpoint()
    if where is None or sum_up.is_published:
        # Without an endpoint the page still shows what would be sent, to help decide on one.
        body = "" if sum_up.is_published else remote_model.request_body(sum_up, model="")
        return render(request, "sumup/draft.html", {"sum_up": sum_up, "where": None, "body": body})
    body = remote_model.request_body(sum_up, model=where.model)
    if request.method == "POST" and request.POST.get("read") == remote_model.body_digest(body):
        try:
            sentences = remote_model.request_draft(where, body)
            actions.add_draft_claims(sum_up=sum_up, sentences=sentences, machine=where.model, by=request.user)
        except (remote_model.DraftFailed, NotReady) as failed:
            messages.error(request, str(failed), extra_tags=name_of_reason(failed))
        else:
            notice = ngettext(
                "%(n)d suggestion added at the end.", "%(n)d suggestions added at the end.", len(sentences)
            )
            go_on = _(
                "Open each one, tick the words that say it, and put it in your own words. Remove "
                "anything nobody said."
            )
            messages.success(request, f"{notice % {'n': len(sentences)}} {go_on}", extra_tags="draft-added")
            return redirect("sumup:sum_up", org, pk)
    elif request.method == "POST":
        messages.error(
            request,
            _("Nothing was sent, because the text has changed since you read it. Please read it again."),
            extra_tags="draft-not-sent",
        )
    page = {"sum_up": sum_up, "where": where, "body": body, "read": remote_model.body_digest(body)}
    return render(request, "sumup/draft.html", page)
