"""The JSON Schemas of the documents, as files of the package: read without the engine."""

from pathlib import Path

FOLDER = Path(__file__).with_name("schemas")
SCHEMA_NAMES = ("coverage", "election", "line", "lot", "mood", "opinion", "pulse", "robustness", "themes")


def file_of(name: str) -> Path:
    """The file of a schema, such as `coverage-1.json`; the number is the version of the document."""
    return FOLDER / f"{name}-1.json"


def read_schema_text(name: str) -> str:
    """Read the schema of a document by its name, such as "mood"."""
    return file_of(name).read_text()
