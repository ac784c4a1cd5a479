"""Programmes, sessions and notices by their id in a URL, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.act.mutual_aid.models import AidPost, Programme, Session
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def access_programme(request: DeskRequest, org: str, pk: int, *, need: Role) -> Programme:
    organisation = access_organisation(request, org, need=need)
    rows = Programme.objects.select_related("organisation")
    return get_object_or_404(rows, organisation=organisation, pk=pk)


def access_session(request: DeskRequest, org: str, pk: int, session_pk: int) -> Session:
    programme = access_programme(request, org, pk, need=Role.ORGANISER)
    rows = Session.objects.select_related("event__organisation", "programme__organisation")
    return get_object_or_404(rows, programme=programme, pk=session_pk)


def access_aid_post(request: DeskRequest, org: str, pk: int, notice_pk: int) -> AidPost:
    programme = access_programme(request, org, pk, need=Role.MEMBER)
    rows = AidPost.objects.select_related("programme__organisation")
    return get_object_or_404(rows, programme=programme, pk=notice_pk)
