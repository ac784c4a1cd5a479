"""What the container files name is there: commands, files, ports, settings, and the locks. No builder is needed."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import yaml

from massline.cli import main
from tests.test_house import settings_read

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = {name: about for name, about in COMPOSE["services"].items() if "massline:" in about["image"]}
STAGES = set(re.findall(r"^FROM \S+ AS (\S+)", CONTAINERFILE, re.MULTILINE))
NAMES = re.compile(r"\$\{(\w+)")


def test_every_command_of_a_container_is_one_of_ours_with_these_options() -> None:
    group = main
    for about in OURS.values():
        name, *arguments = about["command"]
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        command.make_context(name, list(arguments))


def test_every_setting_exists_and_the_square_is_told_nothing_of_the_desk() -> None:
    for name, about in OURS.items():
        assert set(about["environment"]) <= settings_read(), name
        if "square" in name:
            assert "MASSLINE_DESK_DB" not in about["environment"]
            assert about["networks"] == ["square"]
            assert about["image"].endswith("square}")


def test_every_container_of_ours_is_closed() -> None:
    assert set(OURS) == {"prepare", "prepare-square", "square", "desk", "worker"}
    for about in OURS.values():
        assert about["read_only"] is True
        assert about["cap_drop"] == ["ALL"]
        assert about["security_opt"] == ["no-new-privileges:true"]
    assert COMPOSE["networks"]["square"]["internal"]
    assert "USER 10001:10001" in CONTAINERFILE


def test_the_database_counts_as_there_once_it_answers_others() -> None:
    """The server that runs make-databases in a first start listens on its socket alone."""
    assert "--host=127.0.0.1" in COMPOSE["services"]["database"]["healthcheck"]["test"]


def test_every_file_and_stage_that_is_named_is_there() -> None:
    for line in re.findall(r"^COPY (.*)$", CONTAINERFILE, re.MULTILINE):
        words = shlex.split(line)
        if words[0].startswith("--from="):
            assert words[0].removeprefix("--from=") in STAGES
        else:
            assert all((ROOT / source).exists() for source in words[:-1]), line
    images = {about["image"].rpartition(":")[2].rstrip("}") for about in OURS.values()}
    assert images <= STAGES
    for about in OURS.values():
        stage = about["build"]["target"]
        assert about["image"].endswith(f"massline:{stage}}}")
        assert (DEPLOY / about["build"]["context"] / about["build"]["dockerfile"]).samefile(
            DEPLOY / "Containerfile"
        )
    for about in COMPOSE["services"].values():
        for volume in about["volumes"]:
            source = volume.split(":")[0]
            assert (DEPLOY / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]


def test_the_proxy_the_checks_of_health_and_the_doors_name_the_same_ports() -> None:
    proxied = set(re.findall(r"reverse_proxy (\S+)", (DEPLOY / "Caddyfile").read_text()))
    assert proxied == {"square:8000", "desk:8001"}
    stages = dict(
        re.findall(r"^FROM base AS (\w+)(.*?)(?=^FROM|\Z)", CONTAINERFILE, re.MULTILINE | re.DOTALL)
    )
    for stage, port in (("square", 8000), ("house", 8001)):
        assert f"http://127.0.0.1:{port}/healthz" in stages[stage]
        assert "EXPOSE 8000 8001" in CONTAINERFILE


def test_every_variable_of_the_compose_file_is_in_its_documentation() -> None:
    documented = (ROOT / "docs/run.md").read_text().split("\n## In containers\n", 1)[1].split("\n## ", 1)[0]
    for name in set(NAMES.findall((DEPLOY / "compose.yaml").read_text())):
        assert name in documented, name
