"""Scopes: the organisations a request, job or command may reach. Without a scope no row of the desk can be read.

A model whose rows belong to an organisation declares the path to it in its manager:

    objects = Scoped("organisation")                                          # directly
    objects = Scoped("contact__organisation")                                 # through other rows
    objects = Scoped.from_queryset(ContactQuerySet)("organisation")           # with a queryset of its own

Nothing else is needed. All access goes through that manager: `Model.objects`, `get_object_or_404(Model)`,
`organisation.contacts`, `step.contact`, `refresh_from_db`, `prefetch_related`. Without a scope each raises Unscoped;
with one, rows outside it do not exist, and saving an instance that belongs outside raises OutOfScope. On PostgreSQL
the same paths become row-level security (massline.desk.people.row_security.policies), which covers raw SQL and joins
too. Models without a scope are listed with their reasons in tests/desk/people/test_scope.py.

Ways to open a scope:

    organisation = access_organisation(request, org)      # a page: this organisation until the response
    with everything("sweeping"): ...                      # a command or the demo: all, with the reason
    with only(organisation): ...                          # work for one organisation outside a page
    with wider_scope([parent.pk], "the mass meeting"):    # a page that reads one more for a moment

The worker opens the organisation that a job is about, and everything for each round; tests open everything for their
own queries, never for a page.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

M = TypeVar("M", bound=models.Model)
INSTALLATION = None  # rows of no organisation: the first invitation, and its audit chain


class Unscoped(RuntimeError):
    """A row of an organisation was requested while no scope is open."""


class OutOfScope(RuntimeError):
    """A row of an organisation outside the open scope was to be written. Nothing was."""


@dataclass(frozen=True)
class Scope:
    """Primary keys of the open organisations, None for all of them. `why` is for debugging."""

    organisations: frozenset[int | None] | None
    why: str

    def holds(self, organisation: int | None) -> bool:
        return self.organisations is None or organisation in self.organisations

    def filter(self, path: str) -> models.Q:
        """Return the condition that the organisation at the end of the path is open."""
        if self.organisations is None:
            return models.Q()
        condition = models.Q(**{f"{path}__in": [pk for pk in self.organisations if pk is not None]})
        return (
            condition | models.Q(**{f"{path}__isnull": True})
            if INSTALLATION in self.organisations
            else condition
        )


_open: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    return _open.get()


def require_scope(asked_for: str) -> Scope:
    """Return the open scope; raises Unscoped if there is none."""
    scope = _open.get()
    if scope is None:
        raise Unscoped(
            f"{asked_for} was asked for while no scope is open. In a view call access_organisation first; "
            'elsewhere open one: with scope.only(organisation), or with scope.everything("why").'
        )
    return scope


@contextmanager
def _within(scope: Scope | None) -> Iterator[None]:
    token = _open.set(scope)
    try:
        yield
    finally:
        _open.reset(token)


def scope_to_everything(why: str) -> AbstractContextManager[None]:
    """Open all organisations: for the worker, a command, the demo or one named query of a page."""
    return _within(Scope(None, why))


def scope_to(
    organisation: models.Model | None, why: str = "work for one organisation"
) -> AbstractContextManager[None]:
    """Open one organisation; None opens the installation itself."""
    return _within(Scope(frozenset({organisation.pk if organisation else INSTALLATION}), why))


def scope_to_keys(organisations: Iterable[int], why: str) -> AbstractContextManager[None]:
    """Open these organisations, by primary key."""
    return _within(Scope(frozenset(organisations), why))


def widen_scope(others: Iterable[int | None], why: str) -> AbstractContextManager[None]:
    """Open these organisations, by primary key, in addition to the open ones; None adds nothing."""
    scope = require_scope("Another organisation")
    if scope.organisations is None:
        return _within(scope)
    return _within(Scope(scope.organisations | {pk for pk in others if pk is not None}, why))


def no_scope() -> AbstractContextManager[None]:
    """Close every open scope, as each request does when it begins."""
    return _within(None)


def open_for_request(organisation: models.Model) -> None:
    """Open one organisation until the response; only access_organisation and API keys may call this."""
    scope = Scope(frozenset({organisation.pk}), "a page of one organisation")
    _open.set(scope)


def widen_for_request(others: Iterable[int | None], why: str) -> None:
    """Open these organisations too until the response; for access functions, after access_organisation."""
    scope = require_scope("Another organisation")
    if scope.organisations is not None:
        _open.set(Scope(scope.organisations | {pk for pk in others if pk is not None}, why))


class FreshScope:
    """Middleware that begins and ends every request without a scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with no_scope():
            return self.get_response(request)


class ScopedManager(models.Manager[M]):
    """Manager of rows that belong to an organisation, given the path to it."""

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = path

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)
        if not cls._meta.abstract:
            # Django's own look-ups (following a key, refreshing, deleting) use the same manager.
            cls._meta.base_manager_name = cls._meta.base_manager_name or name
            models.signals.pre_save.connect(_refuse_out_of_scope, sender=cls)

    def get_queryset(self) -> models.QuerySet[M]:
        scope = require_scope(self.model.__name__)
        rows = super().get_queryset()
        return rows if scope.organisations is None else rows.filter(scope.filter(path_of(self.model)))

    def none(self) -> models.QuerySet[M]:
        """Return the empty set without a scope, because forms name it when their module loads."""
        return super().get_queryset().none()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            _refuse_out_of_scope(self.model, row)
        return super().bulk_create(rows, *args, **kwargs)


def path_of(model: type[models.Model]) -> str:
    """Return the path from a row to its organisation; empty if the model is not scoped."""
    # A related manager is created without its arguments, so the path is looked up where it was declared.
    declared = next((manager for manager in model._meta.managers if isinstance(manager, ScopedManager)), None)
    return declared.path if declared else ""


def _refuse_out_of_scope(
    sender: type[models.Model], instance: models.Model, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Raise OutOfScope if the row belongs, or would belong, to an organisation outside the open scope."""
    scope = require_scope(sender.__name__)
    path = path_of(sender)
    first = path.partition("__")[0]
    if scope.organisations is None or (update_fields is not None and first not in update_fields):
        return
    if not _is_in_scope(instance, path, scope):
        raise OutOfScope(f"A {sender.__name__} of another organisation was to be written. Nothing was.")


def _is_in_scope(instance: models.Model, path: str, scope: Scope) -> bool:
    """Follow the foreign keys as far as they are loaded; query the database for the rest."""
    first, _, rest = path.partition("__")
    field = instance._meta.get_field(first)
    assert isinstance(field, models.ForeignKey)
    key = getattr(instance, field.attname)
    if not rest:
        return scope.holds(key)
    if key is None:
        return scope.holds(INSTALLATION)
    if field.is_cached(instance):
        return _is_in_scope(getattr(instance, first), rest, scope)
    above: type[models.Model] = field.remote_field.model
    return above._base_manager.filter(pk=key).exists()
