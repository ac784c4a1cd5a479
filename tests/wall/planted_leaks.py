"""Leaks, planted on purpose: the matrix is worth what it finds here."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from massline import urls_desk
from massline.desk.call.materials import views as material_views
from massline.desk.contacts import views
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.principles import views as principle_views
from massline.desk.guard import member_views
from massline.desk.guard import views as guard_views
from massline.desk.guard.access import access_organisation
from massline.desk.listen import round_views
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.listen.rounds.querysets import RoundQuerySet
from massline.desk.people.models import Contact, Organisation, Section
from massline.desk.people.scope import FreshScope, scope_to_everything, widen_for_request
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.models import PublicEvent
from massline.square.conversations.models import Statement
from tests.wall.addresses import routes_of
from tests.wall.matrix_world import World

View = Callable[..., HttpResponse]
Plant = Callable[[pytest.MonkeyPatch, World], None]


@dataclass(frozen=True)
class Leak:
    """What leaks, where it is planted, what the matrix must call it, and how it is planted."""

    name: str
    route: str
    kind: str
    plant: Plant
    door: str = "desk"


def wrap(
    route: str, change: Callable[[View, HttpRequest, dict[str, object]], HttpResponse], door: str
) -> Plant:
    """Plant a view around the view of an address."""

    def plant(patch: pytest.MonkeyPatch, world: World) -> None:
        pattern = routes_of(door)[route]
        view = pattern.callback
        patch.setattr(pattern, "callback", lambda request, **given: change(view, request, given))

    return plant


def after(route: str, change: Callable[[HttpResponse], object], door: str = "desk") -> Plant:
    """Plant a change of every answer of an address."""

    def changed(view: View, request: HttpRequest, given: dict[str, object]) -> HttpResponse:
        answer = view(request, **given)
        change(answer)
        return answer

    return wrap(route, changed, door)


def before(route: str, act: Callable[[], object]) -> Plant:
    """Plant something that happens before the view of an address has looked who asks."""

    def acted(view: View, request: HttpRequest, given: dict[str, object]) -> HttpResponse:
        act()
        return view(request, **given)

    return wrap(route, acted, "desk")


def hidden_is_not_missing(status: int) -> Plant:
    """Answer for a round that is there and hidden other than for one that is not there."""

    def told(view: View, request: HttpRequest, given: dict[str, object]) -> HttpResponse:
        try:
            return view(request, **given)
        except Http404:
            if unscoped(ListeningRound).filter(pk=str(given["pk"])).exists():
                return HttpResponse("This is not for you.", status=status)
            raise

    return wrap("listen:round", told, "desk")


def put(target: object, name: str, value: object) -> Plant:
    return lambda patch, world: patch.setattr(target, name, value)


def unscoped(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """Every row of every compartment, around the manager."""
    return models.QuerySet(model)


def no_access_asked(patch: pytest.MonkeyPatch, world: World) -> None:
    def anybody(request: HttpRequest, org: str, **given: object) -> HttpResponse:
        rounds = ListeningRound.objects.filter(organisation__slug=org)
        return HttpResponse("".join(one.question for one in rounds))

    patch.setattr(routes_of("desk")["listen:rounds"], "callback", anybody)


def write_elsewhere(request: HttpRequest, org: str, **need: object) -> Organisation:
    """Give the other organisation's rows the form of this one."""
    access_organisation(request, org)  # type: ignore[arg-type]
    return Organisation.objects.exclude(slug=org).latest("pk")


def never_closed(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(FreshScope, "__call__", lambda self, request: self.get_response(request))


def no_role_asked(request: HttpRequest, slug: str, **need: object) -> Organisation:
    return access_organisation(request, slug)  # type: ignore[arg-type]


def any_round(request: HttpRequest, org: str, pk: int, **need: object) -> ListeningRound:
    access_organisation(request, org)  # type: ignore[arg-type]
    widen_for_request(Organisation.objects.values_list("pk", flat=True), "planted")
    return get_object_or_404(ListeningRound, pk=pk)


def open_to_all(patch: pytest.MonkeyPatch, world: World) -> None:
    def opened(request: HttpRequest, organisation: Organisation) -> object:
        return world.riverside.vault if organisation == world.riverside.organisation else None

    patch.setattr(views, "open_vault", opened)


def no_login(patch: pytest.MonkeyPatch, world: World) -> None:
    def anybody(request: HttpRequest, **given: object) -> HttpResponse:
        return HttpResponse("Come in.")

    anybody.login_required = False  # type: ignore[attr-defined]
    patch.setattr(routes_of("desk")["home:today"], "callback", anybody)


def talkative_error(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    answer = render(request, "web/not_found.html", status=404)
    answer.write(f"Did you mean {last_decision()}?")
    return answer


def last_decision() -> str:
    return str(unscoped(Decision).latest("pk"))


def name_a_section() -> None:
    with scope_to_everything("planted"):
        Section.objects.create(organisation=Organisation.objects.earliest("pk"), name="Block D", headcount=1)


def break_down() -> None:
    raise KeyError("text")


def point_elsewhere(answer: HttpResponse) -> None:
    if "Location" in answer:
        answer["Location"] += f"?from={last_decision().split()[-1]}"


LEAKS = [
    Leak(
        "a list of everybody's rounds, around the manager",
        "listen:rounds",
        "canary",
        put(RoundQuerySet, "of", lambda rows, _org: RoundQuerySet(ListeningRound)),
    ),
    Leak("rows before access", "listen:rounds", "unscoped", no_access_asked),
    Leak(
        "a row into another organisation",
        "guard:invite",
        "out of scope",
        put(member_views, "access_organisation", write_elsewhere),
    ),
    Leak("a scope left open", "home:today", "left open", never_closed),
    Leak(
        "a count of everybody's contacts",
        "people:people",
        "overheard",
        after("people:people", lambda answer: answer.write(str(unscoped(Contact).count()))),
    ),
    Leak("any round by its number", "listen:round", "canary", put(round_views, "access_round", any_round)),
    Leak("forbidden instead of missing", "listen:round", "told apart", hidden_is_not_missing(403)),
    Leak(
        "another page for hidden than for missing", "listen:round", "told apart", hidden_is_not_missing(404)
    ),
    Leak(
        "a header that tells",
        "home:today",
        "canary",
        after("home:today", lambda answer: answer.headers.setdefault("X-Debug", last_decision())),
    ),
    Leak(
        "a cookie that tells",
        "home:today",
        "canary",
        after("home:today", lambda answer: answer.set_cookie("last", last_decision())),
    ),
    Leak("a redirect that tells", "home:doors", "canary", after("home:doors", point_elsewhere)),
    Leak("no role asked", "guard:guard", "status", put(guard_views, "access_organisation", no_role_asked)),
    Leak(
        "a member may post",
        "decide:principles",
        "status",
        put(principle_views, "access_organisation", no_role_asked),
    ),
    Leak("no login asked", "home:today", "status", no_login),
    Leak("looking writes", "home:today", "wrote", before("home:today", name_a_section)),
    Leak("a refused post writes", "act:headcount", "wrote", before("act:headcount", name_a_section)),
    Leak("an empty post breaks", "decide:principles", "broke", before("decide:principles", break_down)),
    Leak("names while locked", "people:people", "name", open_to_all),
    Leak(
        "an address nobody declared",
        "debug",
        "undeclared",
        put(
            urls_desk, "urlpatterns", [*urls_desk.urlpatterns, path("debug/", talkative_error, name="debug")]
        ),
    ),
    Leak(
        "an address that is gone",
        "home:today",
        "no such route",
        put(urls_desk, "urlpatterns", urls_desk.urlpatterns[:-1]),
    ),
    Leak(
        "an export of everybody's events",
        "call:calendar",
        "canary",
        put(
            material_views,
            "export_calendar",
            lambda org, _events, **given: export_calendar(org, PublicEvent.objects.with_page(), **given),
        ),
    ),
    Leak(
        "an error page that tells",
        "home:turn",
        "canary",
        lambda patch, world: patch.setattr("massline.web.error_views.show_not_found", talkative_error),
    ),
    Leak(
        "words not yet read, on the square",
        "conversations:results",
        "canary",
        after(
            "conversations:results",
            lambda answer: answer.write(" ".join(one.text for one in Statement.objects.held())),
            "square",
        ),
        "square",
    ),
]
