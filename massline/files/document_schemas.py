"""`massline schema`: the JSON Schema of each document, as it lies in the package.

The files in `massline/files/schemas` are written by `massline schema --write` and served by the square under
`/-/schemas/`, so that whoever reads a document needs neither Python nor the engine.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from massline.engine.json_schema import describe_document
from massline.engine.result_documents import Document
from massline.files.schema_files import FOLDER, SCHEMA_NAMES, file_of, read_schema_text

# The module and the class of each document; a module names its format in SCHEMA.
KINDS = {
    "coverage": "massline.engine.coverage.document:CoverageDocument",
    "election": "massline.engine.elections.document:ElectionDocument",
    "line": "massline.engine.line.document:LineDocument",
    "lot": "massline.engine.lot.document:LotDocument",
    "mood": "massline.engine.mood.document:MoodDocument",
    "opinion": "massline.engine.opinion.map_schema:MapDocument",
    "pulse": "massline.engine.pulse.document:PulseDocument",
    "robustness": "massline.engine.opinion.robustness_schema:RobustnessDocument",
    "themes": "massline.engine.themes.document:ThemesDocument",
}


def derive_schema(name: str) -> str:
    """Return the JSON Schema of a document as its dataclasses have it now."""
    place, kind = KINDS[name].split(":")
    module = import_module(place)
    document: type[Document] = getattr(module, kind)
    described: dict[str, Any] = describe_document(document, module.SCHEMA)
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(SCHEMA_NAMES))
@click.option(
    "--write",
    type=click.Path(file_okay=False, path_type=Path),
    is_flag=False,
    flag_value=FOLDER,
    help="Write all of them into a folder; without one, into the package, for those who change a document.",
)
def schema(name: str | None, write: Path | None) -> None:
    """Print the JSON Schema of a document, or list their names.

    A public house serves the same under /-/schemas/NAME.json.
    """
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
        for each in SCHEMA_NAMES:
            (write / file_of(each).name).write_text(derive_schema(each))
    elif name is None:
        click.echo("\n".join(SCHEMA_NAMES))
    else:
        click.echo(read_schema_text(name), nl=False)
