"""What our own code never does, looked for in every module and script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from massline.desk.guard.accounts import forms as account_forms
from massline.desk.guard.keys import forms as key_forms
from massline.desk.guard.retention import forms as retention_forms
from tests.conftest import DoorClient, at_desk
from tests.interface_texts import PACKAGE

NEVER_IN_PYTHON = {
    "code or commands made from text": r"\b(eval|exec)\(|shell=True|os\.system\(|os\.popen\(",
    "objects made from bytes": r"\b(pickle|marshal|shelve|dill)\b|yaml\.|allow_pickle=True",
    "a digest that is broken": r"hashlib\.(md5|sha1)\b|\bMD5\(",
    "a server believed without a certificate": r"verify=False|CERT_NONE|_create_unverified_context",
    "text marked as safe without being written by us": r"autoescape\s*=\s*False|\bSafeString\(",
}
NEVER_IN_SCRIPTS = {
    "code made from text": r"\beval\(|new Function|setTimeout\(\s*[\"'`]",
    "pages written from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write",
    "messages of other windows": r"postMessage|addEventListener\(\s*[\"']message",
    "a passphrase that cannot be pasted": r"onpaste|[\"']paste[\"']",
}
SHA1_BY_STANDARD = {"desk/guard/accounts/totp.py"}  # RFC 6238


def sources(ending: str) -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob(f"*.{ending}")):
        name = str(file.relative_to(PACKAGE))
        if "vendor" not in file.parts and not is_minified(file):
            yield name, file.read_text()


def is_minified(file: Path) -> bool:
    return ".min." in file.name


@pytest.mark.parametrize("never", NEVER_IN_PYTHON)
def test_no_module_does_it(never: str) -> None:
    pattern = re.compile(NEVER_IN_PYTHON[never])
    found = [name for name, text in sources("py") if pattern.search(text)]
    assert [name for name in found if name not in SHA1_BY_STANDARD] == []


@pytest.mark.parametrize("never", NEVER_IN_SCRIPTS)
def test_no_script_does_it(never: str) -> None:
    pattern = re.compile(NEVER_IN_SCRIPTS[never])
    assert [name for name, text in sources("js") if pattern.search(text)] == []


def test_the_rules_find_what_they_forbid() -> None:
    planted = ["eval(x)", "pickle.loads(x)", "hashlib.md5(x)", "get(url, verify=False)", "autoescape = False"]
    for pattern, text in zip(NEVER_IN_PYTHON.values(), planted, strict=True):
        assert re.search(pattern, text)
    for pattern, text in zip(
        NEVER_IN_SCRIPTS.values(), ["eval(x)", "x.innerHTML = y", "postMessage(x)", "onpaste"], strict=True
    ):
        assert re.search(pattern, text)


def test_random_numbers_that_must_not_be_guessed_come_from_the_system() -> None:
    """The engine and the demonstration draw by a seed; nothing else uses the predictable generator."""
    predictable = re.compile(r"^\s*(import random|from random import)", re.MULTILINE)
    found = {name.split("/")[0] for name, text in sources("py") if predictable.search(text)}
    assert found <= {"engine", "demo", "embed", "files"}


def test_every_field_for_a_passphrase_hides_it() -> None:
    shown = [
        f"{form.__name__}.{name}"
        for module in (account_forms, key_forms, retention_forms)
        for form in vars(module).values()
        if isinstance(form, type) and hasattr(form, "base_fields")
        for name, field in form.base_fields.items()
        if "passphrase" in name and getattr(field.widget, "input_type", "") != "password"
    ]
    assert shown == []


@pytest.mark.usefixtures("riverside")
def test_every_page_behind_the_login_has_a_way_out(bea: object) -> None:
    for page in ("/riverside/", "/riverside/listen/", "/riverside/guard/", "/account/"):
        assert 'action="/logout/"' in at_desk(bea).get(page).content.decode(), page


def test_no_folder_is_listed_and_no_history_is_served() -> None:
    for door in ("square", "desk"):
        for address in ("/static/", "/static/massline/", "/.git/config", "/.git/HEAD", "/.svn/entries"):
            assert DoorClient(door).get(address).status_code in (302, 404), address
