"""The house keeps its own rules: the wall, the locks, the documents, the templates."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from importlib.metadata import packages_distributions
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template.loader import get_template

from massline.cli import main
from massline.desk.people.models import Account, Contact
from massline.square.conversations.models import Participant, Statement, Vote

PACKAGE = Path(settings.PACKAGE)
ROOT = PACKAGE.parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def our_models() -> list[type[models.Model]]:
    return [
        one for one in apps.get_models(include_auto_created=True) if one.__module__.startswith("massline.")
    ]


def reached_from(start: type[models.Model]) -> set[type[models.Model]]:
    """Every model that relations lead to, forwards and backwards."""
    seen, waiting = {start}, [start]
    while waiting:
        for field in waiting.pop()._meta.get_fields():
            other = field.related_model
            if isinstance(other, type) and issubclass(other, models.Model) and other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def settings_read() -> set[str]:
    """Names that the code reads through the typed readers."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                named = node.func.id.startswith("env_") or node.func.id == "secret_key"
                if named and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def documented() -> str:
    return (ROOT / "docs/run.md").read_text()


def first_cells(title: str) -> list[str]:
    """The first column of the tables under one heading of docs/run.md."""
    part = documented().split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")]
    return [row for row in rows if row not in {"command", "variable", "package", "process", "pragma"}]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!;~ ]", requirement, maxsplit=1)[0]


@pytest.mark.parametrize("start", [Vote, Statement, Participant])
def test_no_schema_path_leads_from_what_somebody_said_to_who_they_are(start: type[models.Model]) -> None:
    reached = reached_from(start)
    assert not reached & {Account, Contact}
    assert {one.__module__.split(".")[1] for one in reached} == {"square"}


def test_the_wall_no_relation_joins_the_two_databases() -> None:
    for model in our_models():
        for field in model._meta.get_fields():
            other = field.related_model
            if isinstance(other, type) and other.__module__.startswith("massline."):
                assert other.__module__.split(".")[1] == model.__module__.split(".")[1], field


def test_no_field_scores_a_person() -> None:
    forbidden = re.compile(r"(^|_)(score|rating|rank|grade|loyalty|likelihood|propensity|radical\w*)(_|$)")
    for model in our_models():
        for field in model._meta.get_fields():
            assert not forbidden.search(field.name), f"{model.__name__}.{field.name}"


def test_no_field_keeps_a_client_address() -> None:
    forbidden = re.compile(r"(^|_)(ip|ip_address|remote_addr|user_agent|fingerprint)(_|$)")
    for model in our_models():
        for field in model._meta.get_fields():
            assert not forbidden.search(field.name), f"{model.__name__}.{field.name}"
            assert not isinstance(field, models.GenericIPAddressField)


def test_no_migration_is_missing() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=said)
    assert "No changes detected" in said.getvalue()


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    assert {cell.strip("`") for cell in first_cells("Settings")} == settings_read()


def test_settings_come_in_through_one_door() -> None:
    for path in PACKAGE.rglob("*.py"):
        if (
            path.relative_to(PACKAGE).as_posix() != "core/env.py"
            and path.relative_to(PACKAGE).parts[0] != "cli"
        ):
            assert not re.search(r"os\.(environ\[|environ\.get|getenv)", path.read_text()), path


def leaves(group: click.Group, before: str = "massline") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def test_every_command_is_documented_and_says_what_it_does() -> None:
    cells = " ".join(first_cells("Commands"))
    for name, command in leaves(main):
        assert re.search(rf"`{name}[ `]", cells), f"{name} is not in docs/run.md"
        assert command.help, name
        for option in command.params:
            hidden = isinstance(option, click.Option) and option.hidden
            assert not isinstance(option, click.Option) or hidden or option.help, f"{name} {option.name}"
    known = {name for name, _ in leaves(main)}
    for written in re.findall(r"`(massline [a-z]+)(?: [a-z]+)?[ `]", cells):
        assert any(name.startswith(written) for name in known), written


def test_every_command_that_was_written_can_be_called() -> None:
    registered = {command for _, command in leaves(main)}
    for path in (PACKAGE / "cli").rglob("*.py"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for found in vars(module).values():
            if isinstance(found, click.Command) and not isinstance(found, click.Group):
                assert found in registered, f"{path.name}: {found.name}"


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom massline.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'django', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "requirements-sbom.lock",
        "requirements-dev.lock",
        "requirements-tool.lock",
        "requirements-square.lock",
    ],
)
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE)
    pinned = re.findall(
        r"^([a-z0-9][\w.-]*(?:\[[\w,-]+\])?==\S+).*\\\n((?:    --hash=sha256:\w{64}.*\n?)+)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    wanted = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(wanted) > 0


def test_no_file_names_a_registry() -> None:
    words = re.compile(r"index-url|extra-index|find-links|pypi\.org|files\.pythonhosted|registry\.npm")
    for path in [ROOT / "Makefile", ROOT / ".ci/run", ROOT / "pyproject.toml", *ROOT.glob("*.lock")]:
        if path.name != "uv.lock":
            assert not words.search(path.read_text()), path


def test_the_square_runs_with_what_its_own_lock_holds() -> None:
    """Every module of the square but the import from Polis, which is a command of the full installation."""
    locked = {
        name: set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-square.lock")
    }
    absent = locked["requirements.lock"] - locked["requirements-square.lock"]
    assert {"scipy", "fido2", "shamir-mnemonic"} <= absent
    assert locked["requirements-square.lock"] < locked["requirements.lock"]
    modules = {
        module
        for module, distributions in packages_distributions().items()
        if {name.lower().replace("_", "-") for name in distributions} <= absent
    }
    assert {"scipy", "fido2", "shamir_mnemonic"} <= modules
    code = f"""
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({sorted(modules)!r}))
import django
django.setup()
from django.urls import get_resolver
assert get_resolver().url_patterns
for root in ("massline.core", "massline.jobs", "massline.square", "massline.web"):
    for found in pkgutil.walk_packages(importlib.import_module(root).__path__, root + "."):
        if not found.name.startswith("massline.square.conversations.polis"):
            importlib.import_module(found.name)
"""
    environment = {**os.environ, "MASSLINE_DOOR": "square", "DJANGO_SETTINGS_MODULE": "massline.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


def test_few_dependencies_each_with_its_reason() -> None:
    direct = [name_of(one) for one in project()["project"]["dependencies"]]
    assert len(direct) <= 33
    assert sorted(first_cells("Dependencies")) == sorted(direct)
    extra = project()["project"]["optional-dependencies"]
    for name in {name_of(one) for group in extra.values() for one in group} - {"massline"}:
        assert f"**{name}**" in documented()
    locked = (ROOT / "requirements.lock").read_text()
    assert all(re.search(rf"^{name}==", locked, re.MULTILINE) for name in direct)


def test_styles_are_small() -> None:
    for path in PACKAGE.rglob("static/**/*.css"):
        assert path.stat().st_size <= 40 * 1024, path


class Inline(HTMLParser):
    """Whatever the Content Security Policy would refuse, or would fetch from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            address = (value or "").strip().lower()
            fetches = name == "src" or (tag == "link" and name == "href")
            if name == "style" or re.fullmatch("on[a-z]+", name) or address.startswith("javascript:"):
                self.found.append(f"<{tag} {name}>")
            if fetches and address.startswith(("http:", "https:", "//")):
                self.found.append(f"<{tag}> from {address}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles_and_holds_nothing_inline(path: Path) -> None:
    get_template(str(path).rsplit("/templates/", 1)[1])
    text = path.read_text()
    assert Inline(text).found == []
    assert "|safe" not in text
    assert "autoescape off" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_people_s_own_words_are_shown_with_no_white_space_of_ours(path: Path) -> None:
    """Where a style shows every space and line as written (`exact`), a template adds none."""
    begins = re.search(r'class="[^"]*\bexact\b[^"]*"[^<>]*>\s', path.read_text())
    assert not begins, begins
