"""The threshold is read when it is asked for: the larger of the installation's and the organisation's, never under 5."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from massline.core.disclosure_threshold import digest_of_rows, threshold
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.organisation_setup import set_threshold
from massline.desk.people.models import Account, Organisation
from massline.engine.privacy.threshold import Threshold
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import at_desk, unlocked

PACKAGE = Path(django_settings.PACKAGE)


@pytest.mark.parametrize(
    ("installation", "own", "k"), [(5, 5, 5), (10, 5, 10), (10, 12, 12), (5, 12, 12), (3, 5, 5), (1, 0, 5)]
)
def test_the_larger_value_applies(settings: Any, installation: int, own: int, k: int) -> None:
    settings.SMALL_CELL = installation
    for organisation in (Organisation(small_cell=own), PublicOrganisation(small_cell=own)):
        assert threshold(organisation) == Threshold(k)


def test_what_is_shown_and_what_leads() -> None:
    ten = Threshold(10)
    assert [ten.shows(n) for n in (0, 6, 9, 10)] == [False, False, False, True]
    assert [ten.leads(n) for n in (10, 19, 20)] == [False, False, True]
    assert ten.shows_all(10, 60)
    assert not ten.shows_all(9, 60)
    assert ten.shows_all()
    with pytest.raises(ValueError, match="never under 5: 4"):
        Threshold(4)


def test_a_higher_threshold_makes_another_estimate_and_the_least_leaves_digests_as_they_are() -> None:
    rows = [("a", 1)]
    assert digest_of_rows(rows, Threshold(5)) == digest_of_rows([("a", 1)], Threshold(5))
    assert len({digest_of_rows(rows, Threshold(k)) for k in (5, 10, 12)}) == 3


def test_the_setting_is_read_in_one_place_and_bound_nowhere() -> None:
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "SMALL_CELL"
    }
    assert readers == {"core/disclosure_threshold.py"}


def test_no_estimate_has_a_threshold_of_its_own() -> None:
    """Functions of the engine take `k`, and none of them says what it is where nobody says so."""
    with_default = []
    for path in (PACKAGE / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                with_default += [
                    node.name for arg, default in named if arg.arg == "k" and default is not None
                ]
    assert with_default == []


def test_key_holders_set_it_and_the_public_page_follows(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    holder = unlocked(amal, riverside)
    assert 'name="small_cell" value="5"' in holder.get("/riverside/guard/contacts/").content.decode()
    assert holder.post("/riverside/guard/threshold/", {"small_cell": 12}).status_code == 302
    assert Organisation.objects.get().small_cell == PublicOrganisation.objects.get().small_cell == 12
    assert AuditLine.objects.latest("pk").verb == "set the threshold to 12"
    for refused in (4, 0, -1, ""):
        holder.post("/riverside/guard/threshold/", {"small_cell": refused})
    assert Organisation.objects.get().small_cell == 12
    assert at_desk(bea).post("/riverside/guard/threshold/", {"small_cell": 5}).status_code == 404
    assert 'name="small_cell"' not in at_desk(bea).get("/riverside/guard/contacts/").content.decode()
    with pytest.raises(ValueError, match="never under 5"):
        set_threshold(organisation=riverside, small_cell=4, by=amal)
