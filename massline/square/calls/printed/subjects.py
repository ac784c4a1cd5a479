"""From the parts of a public address to what stands there, ready for print and sharing."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.square.calls.access import access_call, access_event
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.square.calls.printed.printed_event import EventOnPaper
from massline.square.calls.printed.printed_report import ReportOnPaper
from massline.square.calls.printed.printed_round import RoundOnPaper
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.square.conversations.access import access_conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.access import access_report


def access_subject(org: str, kind: str, key: str, language: str = "") -> SubjectOnPaper:
    """The call, event, listening round or report-back at an address; only calls have further languages."""
    match kind:
        case "calls":
            return CallOnPaper(access_call(org, key), language)
        case "events":
            return EventOnPaper(access_event(org, _uuid(key)))
        case "c":
            return RoundOnPaper(access_conversation(org, key))
        case "said":
            return ReportOnPaper(access_report(org, key))
    raise Http404


def access_own_subject(organisation: PublicOrganisation, kind: str, pk: int) -> SubjectOnPaper:
    """The same by the number of its row, for pages whose addresses carry no words; 404 for another organisation's row."""
    org = organisation.slug
    match kind:
        case "calls":
            return access_subject(org, kind, get_object_or_404(organisation.calls, pk=pk).slug)
        case "events":
            return access_subject(org, kind, str(get_object_or_404(organisation.events, pk=pk).uuid))
        case "c":
            return access_subject(org, kind, get_object_or_404(organisation.conversations, pk=pk).slug)
        case "said":
            return access_subject(org, kind, get_object_or_404(organisation.reports, pk=pk).slug)
    raise Http404


def _uuid(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as problem:
        raise Http404 from problem
