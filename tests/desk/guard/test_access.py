"""A name in an address opens an organisation for its members alone, in their language and at its hours."""

from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.utils import timezone, translation

from massline.desk.guard.access import access_member, access_organisation, organisations_of
from massline.desk.people import scope
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.web.middleware import MethodRefused


def by(account: Account, method: str = "GET") -> Any:
    request = HttpRequest()
    request.user, request.method = account, method
    return request


def test_a_member_comes_in_at_the_hour_and_in_the_language_that_is_theirs(
    riverside: Organisation, chen: Account
) -> None:
    chen.language = "es"
    request = by(chen)
    with scope.no_scope(), timezone.override("UTC"), translation.override("en"):
        assert access_organisation(request, "riverside") == riverside
        assert (request.organisation, request.role) == (riverside, Role.MEMBER)
        assert timezone.get_current_timezone_name() == "Europe/Berlin"
        assert translation.get_language() == "es"
        open_now = scope.current_scope()
        assert open_now is not None
        assert open_now.organisations == frozenset({riverside.pk})


@pytest.mark.parametrize(
    ("role", "ended", "slug"), [(2, False, "riverside"), (1, True, "riverside"), (1, False, "elsewhere")]
)
def test_too_small_a_role_an_ended_membership_and_no_organisation_are_one_and_the_same(
    riverside: Organisation, chen: Account, role: int, ended: bool, slug: str
) -> None:
    Membership.objects.filter(account=chen).update(ended_on=timezone.localdate() if ended else None)
    with scope.no_scope():
        with pytest.raises(Http404):
            access_organisation(by(chen), slug, need=Role(role))
        assert scope.current_scope() is None


def test_other_methods_are_refused_to_those_alone_who_may_know_of_the_page(
    riverside: Organisation, chen: Account, dina: Account
) -> None:
    with pytest.raises(MethodRefused):
        access_organisation(by(chen, "DELETE"), "riverside")
    with pytest.raises(Http404):
        access_organisation(by(dina, "DELETE"), "riverside")


def test_a_membership_is_found_in_its_own_organisation_while_it_lasts(
    riverside: Organisation, harbour: Organisation, bea: Account, chen: Account, dina: Account
) -> None:
    membership = Membership.objects.get(account=chen)
    with scope.no_scope():
        assert access_member(by(bea), "riverside", membership.pk, need=Role.ORGANISER) == membership
    for account, org in ((chen, "riverside"), (dina, "harbour"), (dina, "riverside")):
        with scope.no_scope(), pytest.raises(Http404):
            access_member(by(account), org, membership.pk, need=Role.ORGANISER)
    Membership.objects.filter(account=chen).update(ended_on=timezone.localdate())
    with scope.no_scope(), pytest.raises(Http404):
        access_member(by(bea), "riverside", membership.pk, need=Role.ORGANISER)


def test_somebodys_organisations_are_those_they_are_still_in_the_oldest_first(
    riverside: Organisation, harbour: Organisation, chen: Account, dina: Account
) -> None:
    Membership.objects.create(account=dina, organisation=riverside)
    assert organisations_of(dina) == [riverside, harbour]
    assert organisations_of(chen) == [riverside]
    Membership.objects.filter(account=dina, organisation=harbour).update(ended_on=timezone.localdate())
    assert organisations_of(dina) == [riverside]
