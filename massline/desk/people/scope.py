"""Which organisations this request, job or command may touch: without an open scope no row of the desk is reached.

How a model declares itself. A row that belongs to an organisation says by which path, in its manager:

    objects = Scoped("organisation")                                          # directly
    objects = Scoped("contact__organisation")                                 # through other rows
    objects = Scoped.from_queryset(ContactQuerySet)("organisation")           # with a queryset of its own

Nothing else is to be done. Every way to its rows goes through that manager: `Model.objects`, `get_object_or_404(Model)`,
`organisation.contacts`, `step.contact`, `refresh_from_db`, `prefetch_related`. Without an open scope each raises
Unscoped; with one, rows outside of it are not there, and saving an instance that belongs outside raises
OutOfScope. On PostgreSQL the same paths become row-level security (massline.desk.people.row_security.policies), which holds also
for raw SQL and joins. A model that is not scoped stands with its reason in tests/desk/people/test_scope.py.

How a scope opens:

    organisation = access_organisation(request, org)      # a page: this organisation until the answer is given
    with everything("sweeping"): ...                      # a command, the demo: all, and why
    with only(organisation): ...                          # work for one organisation outside of a page
    with joined(parent, "the mass meeting of the whole"): # a page that may look at one more, for a moment

The worker opens everything for each job and each round; a test does so for its own queries, and never for a page.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

M = TypeVar("M", bound=models.Model)
INSTALLATION = None  # what belongs to no organisation: the first invitation, and the chain it is written in


class Unscoped(RuntimeError):
    """A row of an organisation was asked for before it was said whose rows may be seen."""


class OutOfScope(RuntimeError):
    """A row was to be written that belongs to an organisation outside of the open scope. Nothing was written."""


@dataclass(frozen=True)
class Scope:
    """The primary keys of the organisations that are open; None stands for all of them. `why` is for who debugs."""

    organisations: frozenset[int | None] | None
    why: str

    def holds(self, organisation: int | None) -> bool:
        return self.organisations is None or organisation in self.organisations

    def filter(self, path: str) -> models.Q:
        """Say as a condition that the organisation at the end of the path is open."""
        if self.organisations is None:
            return models.Q()
        found = models.Q(**{f"{path}__in": [pk for pk in self.organisations if pk is not None]})
        return found | models.Q(**{f"{path}__isnull": True}) if INSTALLATION in self.organisations else found


_open: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    return _open.get()


def needed(asked_for: str) -> Scope:
    """Give the open scope; raise Unscoped where none is."""
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


def everything(why: str) -> AbstractContextManager[None]:
    """Open all organisations, for the worker, a command, the demo or one named question of a page."""
    return _within(Scope(None, why))


def only(
    organisation: models.Model | None, why: str = "work for one organisation"
) -> AbstractContextManager[None]:
    """Open one organisation; None is the installation itself."""
    return _within(Scope(frozenset({organisation.pk if organisation else INSTALLATION}), why))


def joined(others: Iterable[int | None], why: str) -> AbstractContextManager[None]:
    """Open these organisations, by primary key, beside those that are open; None among them adds nothing."""
    scope = needed("Another organisation")
    if scope.organisations is None:
        return _within(scope)
    return _within(Scope(scope.organisations | {pk for pk in others if pk is not None}, why))


def nothing() -> AbstractContextManager[None]:
    """Close whatever is open around, as each request begins."""
    return _within(None)


def open_for_request(organisation: models.Model) -> None:
    """Open one organisation until the answer is given; only access_organisation may call this."""
    scope = Scope(frozenset({organisation.pk}), "a page of one organisation")
    _open.set(scope)


def join_for_request(others: Iterable[int | None], why: str) -> None:
    """Open these organisations too until the answer is given; an access function may, after access_organisation."""
    scope = needed("Another organisation")
    if scope.organisations is not None:
        _open.set(Scope(scope.organisations | {pk for pk in others if pk is not None}, why))


class FreshScope:
    """Begin every request with no scope, and leave none behind in the thread that answered it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with nothing():
            return self.get_response(request)


class Scoped(models.Manager[M]):
    """The manager of rows that belong to an organisation, by the path that leads to it."""

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = path

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)
        if not cls._meta.abstract:
            # Django's own look-ups (following a key, refreshing, deleting) go through the same wall.
            cls._meta.base_manager_name = cls._meta.base_manager_name or name
            models.signals.pre_save.connect(_refuse_foreign, sender=cls)

    def get_queryset(self) -> models.QuerySet[M]:
        scope = needed(self.model.__name__)
        rows = super().get_queryset()
        return rows if scope.organisations is None else rows.filter(scope.filter(path_of(self.model)))

    def none(self) -> models.QuerySet[M]:
        """Give the empty set, which a form names before anybody has asked for it."""
        return super().get_queryset().none()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            _refuse_foreign(self.model, row)
        return super().bulk_create(rows, *args, **kwargs)


def path_of(model: type[models.Model]) -> str:
    """Give the path that leads from a row to its organisation; empty where the model is not scoped."""
    # A related manager is made without its arguments, so the path is looked up where it was declared.
    manager = next((one for one in model._meta.managers if isinstance(one, Scoped)), None)
    return manager.path if manager else ""


def _refuse_foreign(
    sender: type[models.Model], instance: models.Model, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Raise OutOfScope where the row belongs, or would belong from now on, outside of the open scope."""
    scope = needed(sender.__name__)
    path = path_of(sender)
    first = path.partition("__")[0]
    if scope.organisations is None or (update_fields is not None and first not in update_fields):
        return
    if not _belongs(instance, path, scope):
        raise OutOfScope(f"A {sender.__name__} of another organisation was to be written. Nothing was.")


def _belongs(instance: models.Model, path: str, scope: Scope) -> bool:
    """Follow the keys as far as they are loaded; ask the database for the rest."""
    first, _, rest = path.partition("__")
    field = instance._meta.get_field(first)
    assert isinstance(field, models.ForeignKey)
    key = getattr(instance, field.attname)
    if not rest:
        return scope.holds(key)
    if key is None:
        return scope.holds(INSTALLATION)
    if field.is_cached(instance):
        return _belongs(getattr(instance, first), rest, scope)
    above: type[models.Model] = field.remote_field.model
    return above._base_manager.filter(pk=key).exists()
