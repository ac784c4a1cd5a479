"""The people of our stories and the two doors they come through.

amal holds the key of Riverside, bea organises there, chen is a member, dina organises in another chapter,
and nobody is a stranger.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.signals import setting_changed
from django.utils import timezone
from hypothesis import HealthCheck, settings

from tests import kept_rows
from tests.doors import PASSPHRASE as PASSPHRASE
from tests.doors import DoorClient as DoorClient
from tests.doors import at_desk as at_desk
from tests.doors import unlocked as unlocked
from tests.kept_rows import made_once
from tests.order import spread, workers_of_this_run
from tests.speed import collect_garbage_rarely, find_static_files_once
from tests.trials import Trials

# The stories are told in English, whatever the language of the machine they run on.
os.environ["LANGUAGE"] = "en"

# No test is timed: a busy machine would fail them.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOMS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="All long tests, with all their trials, not a quarter."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test may use both databases; what it leaves is undone after it. Long ones come first."""
    if not config.getoption("--full"):
        left_out = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]
    for item in items:
        if item.path.relative_to(ROOMS).parts[0] not in {"engine", "embed", "e2e"}:
            item.add_marker(pytest.mark.django_db(databases=["square", "desk"]))
    items[:] = spread(items, ROOMS, workers_of_this_run())


def pytest_collection_finish() -> None:
    collect_garbage_rarely()


@pytest.fixture(scope="session")
def trials(pytestconfig: pytest.Config) -> Trials:
    """A quarter of the trials of long tests, or with --full all of them."""
    return Trials(full=bool(pytestconfig.getoption("--full")))


@pytest.fixture(scope="session", autouse=True)
def _rows_are_kept_for_all_workers(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    kept_rows.shared_folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept-rows"


@pytest.fixture(scope="session", autouse=True)
def _addresses_stay_read() -> None:
    """Each door has its own list of addresses and no request changes it: reading it anew took longer than answering."""
    from django.test.signals import root_urlconf_changed

    setting_changed.disconnect(root_urlconf_changed)


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_found_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        find_static_files_once(patch)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Tables are made at once; tests/cli/test_fresh_tables.py shows that the migrations come to the same."""
    for database in django_settings.DATABASES.values():
        database["TEST"] = {**database.get("TEST", {}), "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from massline.cli.fresh_tables import record_migrations

    with django_db_blocker.unblock():
        for database in ("square", "desk"):
            MigrationRecorder(connections[database]).ensure_schema()
            record_migrations(database)


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """Argon2id with little memory: the same algorithm, without 64 MiB a test."""
    settings.ARGON2_KIB = 64


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No story pays for the tries of another, and on a slow machine no limit heals while a story reaches it."""
    from massline.web import rate_limits

    monkeypatch.setattr(rate_limits, "monotonic", lambda: 1_000_000.0)
    rate_limits.empty_limiters()


@pytest.fixture(autouse=True)
def _everything_is_open_to_the_test_itself() -> Iterator[None]:
    """What a test asks of the database it asks for every organisation; each request begins with none open."""
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a test looks"):
        yield


@pytest.fixture
def nobody() -> DoorClient:
    """A stranger at the square."""
    return DoorClient("square")


@pytest.fixture
def amal() -> Any:
    return _account("amal")


@pytest.fixture
def riverside(amal: Any) -> Any:
    """A tenants' union with safe keys, two sections and a public face."""
    organisation = made_once(f"riverside of {amal.pk} {amal.name}", lambda: _found_riverside(amal))
    amal.refresh_from_db()
    return organisation


def _found_riverside(amal: Any) -> Any:
    from massline.desk.guard.keys import organisation_setup
    from massline.desk.people.models import Section

    organisation, vault = organisation_setup.found_organisation(
        by=amal,
        passphrase=PASSPHRASE,
        name="Riverside Tenants",
        slug="riverside",
        sentence="Tenants of five blocks who act together.",
        timezone_name="Europe/Berlin",
    )
    make_keys_safe(organisation, vault, amal)
    for name, headcount in (("Block A", 120), ("Block C", 60)):
        Section.objects.create(organisation=organisation, name=name, headcount=headcount)
    return organisation


def make_keys_safe(organisation: Any, vault: Any, by: Any) -> None:
    """A second holder, and words on paper that were proven: without them no contact may be stored."""
    from massline.desk.guard.keys import key_holders, paper_recovery, recovery_sheets
    from massline.desk.people.models import Membership

    second = _member(f"second holder of {organisation.slug}", organisation, 2)
    key_holders.ensure_account_key(second, PASSPHRASE)
    key_holders.make_key_holder(Membership.objects.get(account=second), vault=vault, by=by)
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    paper = paper_recovery.set_up_paper_recovery(organisation, public=sheets.public, vault=vault, by=by)
    opened = recovery_sheets.open_sealed(
        bytes(paper.challenge), recovery_sheets.join_sheets(sheets.words[:2])
    )
    assert paper_recovery.prove_paper(paper, answer=recovery_sheets.read_answer(opened), by=by)


@pytest.fixture
def bea(riverside: Any) -> Any:
    return _member("bea", riverside, 2)


@pytest.fixture
def chen(riverside: Any) -> Any:
    return _member("chen", riverside, 1)


@pytest.fixture
def harbour(dina: Any) -> Any:
    """Another chapter, whose rows nobody of Riverside may see."""
    from massline.desk.guard.keys import organisation_setup

    organisation, _vault = organisation_setup.found_organisation(
        by=dina, passphrase=PASSPHRASE, name="Harbour Tenants", slug="harbour", sentence="The harbour blocks."
    )
    return organisation


@pytest.fixture
def dina() -> Any:
    return _account("dina")


def _account(name: str) -> Any:
    from massline.desk.people.models import Account

    return Account.objects.create_user(name, PASSPHRASE)


def _member(name: str, organisation: Any, role: int) -> Any:
    from massline.desk.people.models import Membership

    account = _account(name)
    Membership.objects.create(account=account, organisation=organisation, role=role)
    return account


@pytest.fixture
def face(riverside: Any) -> Any:
    """Riverside's public face on the square."""
    from massline.square.organisations.models import PublicOrganisation

    return PublicOrganisation.objects.get(slug=riverside.slug)


@pytest.fixture
def shared() -> Path:
    """The folder of real data. Its absence is a failure, never a skip."""
    folder = Path(os.environ.get("MASSLINE_SHARED", Path(__file__).parents[2] / "shared"))
    assert folder.is_dir(), (
        f"The real data of the tests is not at {folder}. Set MASSLINE_SHARED to its folder."
    )
    return folder


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def tomorrow(today: date) -> date:
    return today + timedelta(days=1)
