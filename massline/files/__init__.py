"""The estimates on files: a table in, a document and a page that a person can read out.

`COMMANDS` names each command with the place it is loaded from, so that the command line starts fast.
"""

COMMANDS: dict[str, str] = {
    "opinion": "massline.files.opinion:opinion",
    "mood": "massline.files.mood:mood",
    "pulse": "massline.files.pulse:pulse",
    "themes": "massline.files.themes:themes",
    "coverage": "massline.files.coverage:coverage",
    "line": "massline.files.line:line",
    "election": "massline.files.election:election",
    "lot": "massline.files.lot:lot",
    "schema": "massline.files.document_schemas:schema",
}
