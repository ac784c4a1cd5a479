"""Both doors speak five languages beside English: catalogues that compile, leave nothing out and answer on the page."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale

from massline.web.language_choice import UNREAD_LANGUAGES
from massline.web.message_catalogues import LOCALE, BrokenCatalogue, compile_catalogues
from tests.conftest import DoorClient
from tests.interface_texts import PACKAGE, interface_texts, marked_with_context
from tests.parts import shows

LANGUAGES = ("es", "ar", "fr", "pt", "zh-hans")
FOLDERS = tuple(map(to_locale, LANGUAGES))
# Every page, form, message and sheet of both sites. No room may be left out.
ROOMS = sorted(
    {"square", "web", "files"}
    | {f"desk/{room.name}" for room in (PACKAGE / "desk").iterdir() if room.is_dir()}
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


@pytest.fixture(autouse=True)
def _our_own_language_again() -> Iterator[None]:
    """A page leaves its language active in the thread; no story leaves it to the next."""
    yield
    translation.deactivate()


@pytest.fixture(params=FOLDERS)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (LOCALE / request.param / "LC_MESSAGES/django.po").open("rb") as words:
        return read_po(words, locale=request.param, abort_invalid=True)


def forms(message: Message) -> tuple[str, ...]:
    """What stands for a message: one text, or one for every plural form."""
    said = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(text or "" for text in said)


def originals(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def test_every_language_we_offer_but_our_own_has_a_catalogue() -> None:
    offered = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert offered == set(LANGUAGES)
    assert set(FOLDERS) == {file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/*.po")}


def test_both_compile_and_only_where_something_is_new(tmp_path: Path) -> None:
    shutil.copytree(LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    made = compile_catalogues(tmp_path / "locale")
    assert sorted(file.parts[-3] for file in made) == sorted(FOLDERS)
    assert all(file.stat().st_size > 10_000 for file in made)
    assert compile_catalogues(tmp_path / "locale") == []


def test_a_broken_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "es/LC_MESSAGES/django.po"
    broken.parent.mkdir(parents=True)
    broken.write_text('msgid "Come"\nmsgstr "Ven"\n\nBring "x"\n')
    with pytest.raises(BrokenCatalogue, match=r"django\.po.*line 4"):
        compile_catalogues(tmp_path)
    assert not broken.with_suffix(".mo").exists()


def test_no_entry_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_no_text_is_translated_twice(catalogue: Catalog) -> None:
    """A compiled catalogue keeps one translation of a text, whichever plural it was written for."""
    entries = polib.pofile(str(LOCALE / str(catalogue.locale) / "LC_MESSAGES/django.po"))
    counts = Counter((entry.msgctxt, entry.msgid) for entry in entries)
    assert [text for text, count in counts.items() if count > 1] == []


def test_a_translation_holds_what_its_original_holds(catalogue: Catalog) -> None:
    """No figure or name gets lost, none is asked for that is not given.

    A form for one number alone may say that number in words, as Arabic does: "two people" is one word.
    """
    for message in catalogue:
        plural = len(originals(message)) > 1
        whole = set(PLACEHOLDER.findall(originals(message)[-1]))
        for number, text in enumerate(forms(message) if message.id else ()):
            missing = whole - set(PLACEHOLDER.findall(text))
            in_words = plural and number < catalogue.num_plurals - (3 if catalogue.num_plurals == 6 else 1)
            assert not text or len(missing) <= in_words, (text, missing)
            assert set(PLACEHOLDER.findall(text)) <= whole, (text, message.id)


def test_a_translation_is_whole_or_left_to_english(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            assert len(forms(message)) == (catalogue.num_plurals if len(originals(message)) > 1 else 1)
            assert all(forms(message)) or not any(forms(message)), message.id
            assert all(text == text.strip() for text in forms(message)), message.id


def test_arabic_counts_in_six_ways() -> None:
    with translation.override("ar"):
        said = [
            translation.ngettext("%(n)s person", "%(n)s people", n) % {"n": n} for n in (0, 1, 2, 3, 11, 100)
        ]
    assert said == ["لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "11 شخصًا", "100 شخص"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_of_a_room_is_translated(catalogue: Catalog, room: str) -> None:
    files = [file for file in sorted((PACKAGE / room).rglob("*")) if file.suffix in (".py", ".html")]
    marked = set().union(*(marked_with_context(file) for file in files))
    translated = {
        (message.context, originals(message)) for message in catalogue if message.id and all(forms(message))
    }
    assert sorted(text for context, text in marked - translated) == []


def test_no_text_of_the_interface_lies_outside_the_rooms(catalogue: Catalog) -> None:
    translated = {
        (message.context, originals(message)) for message in catalogue if message.id and all(forms(message))
    }
    assert sorted(text for context, text in interface_texts() - translated) == []
    assert len(interface_texts()) > 3000


@pytest.mark.parametrize(
    ("code", "direction", "coming_up", "nothing"),
    [
        ("es", "ltr", "Todavía no hay fecha.", "Aquí no hay nada."),
        ("ar", "rtl", "لم يُحدَّد موعد بعد.", "لا شيء هنا."),
        ("fr", "ltr", "Pas encore de dates.", "Il n’y a rien ici."),
        ("pt", "ltr", "Ainda sem datas.", "Não há nada aqui."),
        ("zh-hans", "ltr", "还没有日期。", "这里什么都没有。"),
    ],
)
def test_the_square_answers_in_the_language_it_is_asked_in(
    nobody: DoorClient, face: Any, code: str, direction: str, coming_up: str, nothing: str
) -> None:
    asked = nobody.get(face.get_absolute_url(), headers={"accept-language": code})
    page = asked.content.decode()
    assert asked.headers["Content-Language"] == code
    assert f'<html lang="{code}" dir="{direction}">' in page
    assert coming_up in page
    assert "No dates yet." not in page
    missing = nobody.get(f"{face.get_absolute_url()}nothing-here/", headers={"accept-language": code})
    assert missing.status_code == 404
    assert nothing in missing.content.decode()


def test_a_page_says_that_nobody_native_has_read_its_translation(nobody: DoorClient, face: Any) -> None:
    noted = {
        code: shows(
            nobody.get(face.get_absolute_url(), headers={"accept-language": code}), "unread-translation"
        )
        for code, _name in settings.LANGUAGES
    }
    assert noted == {code: code in UNREAD_LANGUAGES for code, _name in settings.LANGUAGES}
    assert noted["fr"]
    assert not noted["es"]


def test_a_chosen_language_outlasts_the_one_the_browser_asks_for(nobody: DoorClient, face: Any) -> None:
    chosen = nobody.get("/-/language/ar/", {"next": face.get_absolute_url()})
    assert chosen.status_code == 302
    page = nobody.get(chosen.headers["Location"], headers={"accept-language": "es"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
