"""From a short name in a URL to an organisation, if this account has the needed role in it.

A row that an account may not see gives the same 404 as a row that does not exist.
"""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django_htmx.middleware import HtmxDetails

from massline.desk.people import scope
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.prepared_query import PreparedQuery
from massline.web.language_choice import known_language
from massline.web.middleware import refuse_other_methods


class DeskRequest(HttpRequest):
    """A request by a logged-in account; access functions set `organisation` and `role`."""

    user: Account
    organisation: Organisation
    role: Role
    htmx: HtmxDetails


def _membership(account: int, slug: str, need: int) -> QuerySet[Membership]:
    live = Membership.objects.live()
    return live.filter(account=account, organisation__slug=slug, role__gte=need).select_related(
        "organisation__parent"
    )


_MEMBERSHIP = PreparedQuery(_membership)


def access_organisation(request: DeskRequest, slug: str, *, need: Role = Role.MEMBER) -> Organisation:
    """Return the organisation if this account has at least the needed role in it, else raise Http404.

    For the rest of the request the rows of this organisation, and of no other, can be read and written.
    """
    found = _MEMBERSHIP.rows(account=request.user.pk, slug=slug, need=int(need))
    membership: Membership | None = next(iter(found), None)
    if membership is None:
        raise Http404
    refuse_other_methods(request)
    scope.open_for_request(membership.organisation)
    request.organisation = membership.organisation
    request.role = Role(membership.role)
    timezone.activate(membership.organisation.zone)
    language = known_language(request.user.language)
    if translation.get_language() != language:
        translation.activate(language)
    return membership.organisation


def needed_role(request: HttpRequest) -> Role:
    """Return the role for a page that members read and organisers write."""
    return Role.ORGANISER if request.method == "POST" else Role.MEMBER


def organisations_of(account: Account, *, role: Role = Role.MEMBER) -> list[Organisation]:
    """The organisations in which an account has at least this role."""
    live = Membership.objects.live().filter(account=account, role__gte=role)
    memberships = live.select_related("organisation")
    return [membership.organisation for membership in memberships.order_by("organisation__pk")]


def access_member(request: DeskRequest, org: str, pk: int, *, need: Role) -> Membership:
    organisation = access_organisation(request, org, need=need)
    live = Membership.objects.live().select_related("account__key", "organisation")
    return get_object_or_404(live, organisation=organisation, pk=pk)
