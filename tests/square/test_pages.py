"""What holds for every page of the square: light, no script, nothing inline, nothing from elsewhere."""

import ast
import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import massline.web
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from tests.conftest import DoorClient
from tests.square.calls.sign_up_pages import sign_up
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import answer_next

STATIC = Path(massline.web.__file__).parent / "static/massline"
MOST_BYTES = 40 * 1024


@pytest.fixture
def answers(
    nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent, mapped: Conversation
) -> dict[str, Any]:
    """Every page of the square, as somebody sees it who has answered and signed up."""
    for value in (1, -1, 0, 1, 1, 1, -1, 1):
        answer_next(nobody, mapped, value)
    thanks = sign_up(nobody, walk.get_absolute_url()).headers["Location"]
    talk = mapped.get_absolute_url()
    addresses = ["/riverside/", "/riverside/next/", walk.get_absolute_url(), meeting.get_absolute_url()]
    addresses += [
        f"{talk}{page}" for page in ("", "words/", "answers/", "stand/", "results/", "results/all/")
    ]
    addresses += [thanks, thanks.removesuffix("thanks/"), str(walk.report and walk.report.get_absolute_url())]
    addresses += ["/riverside/nothing-here/"]
    return {address: nobody.get(address) for address in addresses}


@pytest.fixture
def pages(answers: dict[str, Any]) -> dict[str, str]:
    return {address: words_of(answer) for address, answer in answers.items()}


def test_every_page_with_its_styles_is_under_forty_kibibytes(
    answers: dict[str, Any], pages: dict[str, str]
) -> None:
    for address, page in pages.items():
        sheets = re.findall(r'<link rel="stylesheet" href="/static/massline/(\w+)[^"]*\.css"', page)
        assert sheets, address
        weight = len(gzip.compress(answers[address].as_sent))
        weight += sum(len(gzip.compress((STATIC / f"{sheet}.css").read_bytes())) for sheet in sheets)
        assert weight <= MOST_BYTES, (address, weight)


def test_charts_styles_are_fetched_only_where_there_are_charts(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert ("massline/charts." in page) == bool(re.search(r"/(stand|results|all)/$", address)), address


def test_no_page_carries_a_script_an_inline_style_or_a_handler(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert "<script" not in page.lower(), address
        assert "<style" not in page.lower(), address
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page), address
        assert "javascript:" not in page, address


def test_no_page_asks_anything_of_anybody_else(pages: dict[str, str], settings: Any) -> None:
    for address, page in pages.items():
        for kind, there in re.findall(r'\s(src|href|action|srcset|data)="([^"]*)"', page):
            assert there.startswith(("/", "#", "?", "sms:", "mailto:")), (address, kind, there)


def test_the_square_forbids_scripts_altogether(tmp_path: Path) -> None:
    """Asked of the square's own settings: these tests run in a process that is both doors."""
    read = "from massline import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    env = {**os.environ, "MASSLINE_DOOR": "square", "MASSLINE_DATA": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", read], env=env, capture_output=True, text=True, check=True)
    policy = ast.literal_eval(run.stdout)
    assert policy["script-src"] == policy["default-src"] == policy["connect-src"] == ["'none'"]
    assert policy["style-src"] == policy["form-action"] == policy["img-src"] == ["'self'"]


def test_every_page_names_itself_once_and_every_field_has_a_label(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert page.count("<h1") == 1, address
        assert re.search(r"<title>[^<]*\S[^<]*</title>", page), address
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (address, sorted(i for i in ids if ids.count(i) > 1))
        for field in re.findall(r"<(?:input|textarea|select)\b[^>]*>", page):
            if 'type="hidden"' not in field and 'type="checkbox"' not in field:
                name = re.search(r'id="([^"]+)"', field)
                assert name, (address, field)
                assert f'for="{name.group(1)}"' in page, (address, field)


def test_what_people_wrote_finds_its_own_direction(pages: dict[str, str], mapped: Conversation) -> None:
    page = pages[f"{mapped.get_absolute_url()}results/all/"]
    assert page.count('<h3 dir="auto">') == 24
