"""The JSON Schemas of the documents: what they accept, what they refuse, and where they lie."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from massline.engine import opinion
from massline.engine.result_documents import to_json
from massline.files.document_schemas import KINDS, derive_schema
from massline.files.schema_files import SCHEMA_NAMES, file_of, read_schema_text
from tests.conftest import DoorClient
from tests.engine.test_documents import MAPS, WRITTEN, mapped
from tests.ops.house import environment, run


def problems(name: str, document: dict[str, Any]) -> list[str]:
    return [
        error.message
        for error in Draft202012Validator(json.loads(read_schema_text(name))).iter_errors(document)
    ]


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_a_schema_of_the_package_is_what_the_dataclasses_say(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(read_schema_text(name)))
    assert read_schema_text(name) == derive_schema(name), "run `massline schema --write`"
    assert set(KINDS) == set(SCHEMA_NAMES)
    assert {file.name for file in file_of(name).parent.iterdir()} == {file_of(n).name for n in SCHEMA_NAMES}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_document_fits_its_schema_and_a_broken_one_does_not(written: str) -> None:
    document = to_json(WRITTEN[written][0]())
    name = document["schema"].removeprefix("massline.").removesuffix("/1")
    assert problems(name, document) == []
    assert problems(name, document | {"seed": "seven"})
    assert problems(name, document | {"tide": 1})
    assert problems(name, document | {"schema": f"massline.{name}/2"})
    deep = copy.deepcopy(document)
    deep["result"]["tide"] = 1
    assert problems(name, deep)


@pytest.mark.parametrize("kind", MAPS)
def test_every_kind_of_map_fits(kind: str) -> None:
    document = to_json(opinion.document(mapped(kind), texts={1: "first"}, participants=True))
    assert problems("opinion", document) == []
    assert problems("opinion", document | {"result": {"result": kind}})


def test_the_square_serves_each_under_an_address_that_stays(nobody: DoorClient) -> None:
    for name in SCHEMA_NAMES:
        served = nobody.get(f"/-/schemas/{name}-1.json")
        assert served.content.decode() == read_schema_text(name)
        assert served.headers["Content-Type"] == "application/schema+json"
    assert nobody.get("/-/schemas/tide-1.json").status_code == 404


def test_the_command_prints_one_and_lists_all(tmp_path: Any) -> None:
    env = environment(tmp_path)
    assert run("schema", env=env).stdout.split() == list(SCHEMA_NAMES)
    assert json.loads(run("schema", "mood", env=env).stdout)["title"] == "massline.mood/1"
    assert run("schema", "tide", env=env).returncode == 2
    assert run("schema", "--write", str(tmp_path / "out"), env=env).returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == len(SCHEMA_NAMES)
