"""Everything there is to pass on: each language, each way, messages counted as phones count them."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from massline.desk.call.materials.share_texts import measure_text, short_post, text_message
from massline.desk.call.translations import actions
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import VersionFacts
from massline.square.calls.printed.printed_call import CallOnPaper
from tests.conftest import at_desk
from tests.desk.call.printed_sheets import ARABIC, SHEETS, paper_of, publish
from tests.desk.decided_loop import decide


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


def test_the_kit_shows_every_language_and_every_way_to_pass_it_on(decision: Decision, bea: Account) -> None:
    call = publish(decision, bea)
    actions.write_translation(call=call, by=bea, facts=VersionFacts(language="ar", **ARABIC))
    page = at_desk(bea).get(f"/riverside/call/{call.pk}/kit/").content.decode()
    paper = paper_of(call)
    for way in "smen":
        assert paper.short_url_for(way) in page
    for name in SHEETS:
        assert f"/riverside/call/{call.pk}/{name}.pdf?paper=a4&amp;in=ar" in page
    assert "&lt;iframe src=" in page
    assert "(UCS-2)" in page
    assert "(GSM-7)" in page
    post = short_post(CallOnPaper(paper.published, "ar"))
    assert len(post) <= 300
    assert ARABIC["slogan"] in post


def test_a_text_message_fits_one_message_and_keeps_slogan_hour_and_address(
    decision: Decision, bea: Account
) -> None:
    paper = paper_of(publish(decision, bea))
    sent = text_message(paper)
    assert sent.segments == 1
    assert (sent.encoding, sent.characters) == ("GSM-7", len(sent.text))
    for part in (
        "Fix the heat before the frost.",
        "11:00",
        "Come with your letter",
        paper.short_url_for("s"),
    ):
        assert part in sent.text
    long = text_message(paper_of(publish(decision, bea, place="By the old clock " * 9, ask="Come " * 30)))
    assert long.segments == 1
    assert "By the old clock" not in long.text


@pytest.mark.parametrize(
    ("text", "characters", "encoding", "segments"),
    [
        ("a" * 160, 160, "GSM-7", 1),
        ("a" * 161, 161, "GSM-7", 2),
        ("€" * 80, 160, "GSM-7", 1),
        ("€" * 81, 162, "GSM-7", 2),
        ("ا" * 70, 70, "UCS-2", 1),
        ("ا" * 71, 71, "UCS-2", 2),
        ("🥶" * 35, 70, "UCS-2", 1),
        ("🥶" * 36, 72, "UCS-2", 2),
    ],
)
def test_messages_are_counted_as_phones_count_them(
    text: str, characters: int, encoding: str, segments: int
) -> None:
    counted = measure_text(text)
    assert (counted.characters, counted.encoding, counted.segments) == (characters, encoding, segments)


def test_the_lines_for_a_frame_stay_one_element_whatever_the_slogan_says(
    decision: Decision, bea: Account
) -> None:
    call = publish(decision, bea, slogan='They say "wait", we say <now>!')
    page = at_desk(bea).get(f"/riverside/call/{call.pk}/kit/").content.decode()
    lines = re.search(r"&lt;iframe.*?/iframe&gt;", page, re.DOTALL)
    assert lines is not None
    (frame,) = Opened(unescape(lines[0])).opened
    assert frame["title"] == 'They say "wait", we say <now>!'
    assert frame["src"].startswith("http")


class Opened(HTMLParser):
    """The attributes of every element opened, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append({name: value or "" for name, value in attrs})
