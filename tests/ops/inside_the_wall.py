"""A program: as the desk's role, go around every manager and see what PostgreSQL still keeps back."""

import os

from massline.cli.django_setup import setup_django

setup_django("desk")

import psycopg  # noqa: E402
import pytest  # noqa: E402
from django.db import DatabaseError, OperationalError, connections, transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from massline.desk.guard.keys import organisation_setup  # noqa: E402
from massline.desk.people.models import Account, Organisation, Section  # noqa: E402
from massline.desk.people.row_security.policies import role_bypasses_policies  # noqa: E402
from massline.desk.people.scope import no_scope, scope_to, scope_to_everything, widen_scope  # noqa: E402
from massline.web.database_unavailable import is_transient  # noqa: E402

SECTIONS = "SELECT name FROM people_section ORDER BY name"


def names(sql: str = SECTIONS) -> list[str]:
    with connections["desk"].cursor() as cursor:
        cursor.execute(sql)
        return [name for (name,) in cursor.fetchall()]


def make(slug: str) -> Organisation:
    account = Account.objects.create_user(f"of {slug}", "correct horse battery staple")
    made, _vault = organisation_setup.found_organisation(
        by=account, passphrase="correct horse battery staple", name=slug, slug=slug
    )
    with scope_to(made):
        Section.objects.create(organisation=made, name=f"{slug} A", headcount=9)
    return made


assert not role_bypasses_policies()
riverside, harbour = make("riverside"), make("harbour")
bypass: QuerySet[Section] = QuerySet(Section)

assert names() == []
with scope_to(riverside):
    assert names() == ["riverside A"]
    assert [one.name for one in bypass.all()] == ["riverside A"]
    assert bypass.filter(organisation=harbour).update(headcount=1) == 0
    assert names("SELECT verb FROM guard_auditline") == ["founded"]
    with widen_scope([harbour.pk], "a look"):
        assert len(names()) == 2
    assert names() == ["riverside A"]
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(using="desk"):
        bypass.filter(organisation=riverside).update(organisation=harbour)

# A rollback takes back what was told inside of it; the next question is told anew.
with scope_to(riverside), transaction.atomic(using="desk"):
    try:
        with transaction.atomic(using="desk"), scope_to_everything("a look"):
            assert len(names()) == 2
            raise LookupError
    except LookupError:
        pass
    assert names() == ["riverside A"]
with scope_to_everything("the worker"):
    assert names() == ["harbour A", "riverside A"]
    connections["desk"].close()  # back to the pool, as after each request
with no_scope():
    assert names() == []

# A connection that broke while the scope is told is the same trouble as one that breaks later: pages say "in a moment".
with scope_to_everything("a look"):
    names()
broken = connections["desk"].connection
with psycopg.connect(os.environ["MASSLINE_DESK_DB"], autocommit=True) as other:
    other.execute("SELECT pg_terminate_backend(%s)", [broken.info.backend_pid])
with scope_to(riverside), pytest.raises(OperationalError) as trouble:
    names()
assert is_transient(trouble.value)
connections["desk"].close()
with scope_to(riverside):
    assert names() == ["riverside A"]
print("held")
