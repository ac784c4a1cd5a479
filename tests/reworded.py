"""Settings under which every text of the interface reads differently: `pytest --ds=tests.reworded`.

A test that fails only under them asks for a sentence where it should ask for its meaning.
"""

import os
import re
import tempfile
from pathlib import Path

from massline.settings import *  # noqa: F403
from massline.settings import LOCALE_PATHS

# Placeholders, elements, character references and addresses stay as they are.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{[^}]*\}|<[^>]*>|&\w+;|\w+://\S+)")
OTHER_LETTERS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")


def reword(text: str) -> str:
    """Write a text with other vowels, so that no word of it is found any more."""
    parts = KEPT.split(text)
    return "".join(part if number % 2 else part.translate(OTHER_LETTERS) for number, part in enumerate(parts))


def write_reworded_catalogue(folder: Path) -> None:
    """Write an English catalogue in which every text reads differently."""
    import polib

    from tests.interface_texts import interface_texts

    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for context, forms in interface_texts():
        if not forms[0]:
            continue
        entry = polib.POEntry(msgid=forms[0], msgctxt=context)
        if len(forms) > 1:
            entry.msgid_plural = forms[1]
            entry.msgstr_plural = {number: reword(text) for number, text in enumerate(forms)}
        else:
            entry.msgstr = reword(forms[0])
        catalogue.append(entry)
    target = folder / "en" / "LC_MESSAGES"
    target.mkdir(parents=True)
    catalogue.save_as_mofile(str(target / "django.mo"))


# Workers of this run and processes a test starts read the catalogue the first process wrote.
if "REWORDED_CATALOGUE" not in os.environ:
    os.environ["REWORDED_CATALOGUE"] = tempfile.mkdtemp()
    write_reworded_catalogue(Path(os.environ["REWORDED_CATALOGUE"]))

LOCALE_PATHS = [Path(os.environ["REWORDED_CATALOGUE"]), *LOCALE_PATHS]
