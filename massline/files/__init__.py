"""The estimates on files: a table in, a document and a page that a person can read out.

`COMMANDS` names each command with the place it is loaded from, so that the command line starts fast.
"""

COMMANDS: dict[str, str] = {
    "opinion": "massline.files.opinion:opinion",
}
