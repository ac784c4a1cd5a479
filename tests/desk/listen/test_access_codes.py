"""Cards, codes and invitations are made at the desk: printed once, kept nowhere, and open what they should."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.square.conversations.access_codes.models import AccessCodeBatch, Code, parse_code
from massline.square.conversations.models import Conversation, Participant
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient, at_desk
from tests.parts import shows
from tests.square.conversations.test_voting import answer_next, ballot_on


@pytest.fixture
def round_(riverside: Any, bea: Any) -> ListeningRound:
    return actions.open_round(
        organisation=riverside,
        question="What should change about the heating?",
        closes_on=timezone.localdate() + timedelta(days=7),
        seeds=["The landlord should publish the bill.", "Nobody pays more until it works."],
        by=bea,
    )


def make(round_: ListeningRound, by: Any, **given: Any) -> Any:
    sent = {"level": "card", "name": "Stairwell A", "most": 12, **given}
    return at_desk(by).post(f"/riverside/listen/{round_.pk}/ways/", sent)


def printed(answer: Any, folder: Path) -> tuple[list[str], list[str]]:
    """What the sheets say: the addresses in their QR codes, read as a phone would, and the codes in letters."""
    file = folder / "cards.pdf"
    file.write_bytes(answer.content)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", file, folder / "page"], check=True)
    pages = [Image.open(path) for path in sorted(folder.glob("page-*.png"))]
    scanned = [one.text for page in pages for one in zxingcpp.read_barcodes(page)]
    words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    return scanned, re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", words)


def test_cards_are_printed_once_and_each_opens_the_conversation_once(
    round_: ListeningRound, bea: Any, tmp_path: Path
) -> None:
    answer = make(round_, bea)
    assert answer.headers["Content-Type"] == "application/pdf"
    scanned, letters = printed(answer, tmp_path)
    assert len(scanned) == len(set(letters)) == 12
    assert {parse_code(code) for code in letters} == {
        address.rstrip("/").rsplit("/", 1)[1] for address in scanned
    }
    talk = Conversation.objects.get()
    for address in scanned[:2]:
        door, path = DoorClient("square"), address.split("8000", 1)[1]
        page = door.get(path)
        typed = re.search(r'name="code" value="([^"]+)"', page.content.decode())
        assert typed is not None
        came = door.post(talk.get_way_in_url(), {"ballot": ballot_on(page), "code": typed[1]})
        assert came.status_code == 302
        assert answer_next(door, talk, 1).status_code == 302
    assert Participant.objects.filter(level=Level.CARD).count() == 2
    assert Code.objects.filter(left=0).count() == 2


def test_the_sheet_tells_no_order_and_no_hour(round_: ListeningRound, bea: Any, tmp_path: Path) -> None:
    """Where a card stands on the sheet says nothing of its row, and the file knows the day alone."""
    answer = make(round_, bea)
    _scanned, letters = printed(answer, tmp_path)
    assert f"D:{timezone.localdate():%Y%m%d}000000".encode() in answer.content
    kept = "".join(
        str(row) for model in (AccessCodeBatch, Code, AuditLine) for row in model._base_manager.values()
    )
    assert not [code for code in letters if code in kept or code.replace("-", "") in kept]


def test_an_invitation_is_shown_once(round_: ListeningRound, bea: Any) -> None:
    answer = make(round_, bea, level="invited", most=40)
    address = re.search(r"http://[^<\s]+/in/\w{12}/", answer.content.decode())
    assert address is not None
    assert Code.objects.get().left == 40
    again = at_desk(bea).get(f"/riverside/listen/{round_.pk}/ways/").content.decode()
    assert address[0] not in again
    assert "Stairwell A" in again


def test_the_door_can_be_closed_and_what_is_unused_withdrawn(round_: ListeningRound, bea: Any) -> None:
    make(round_, bea)
    desk, way = at_desk(bea), AccessCodeBatch.objects.get()
    desk.post(f"/riverside/listen/{round_.pk}/ways/door/", {"to_all": "0"})
    assert not Conversation.objects.get().open_to_all
    desk.post(f"/riverside/listen/{round_.pk}/ways/{way.pk}/withdraw/")
    assert not Code.objects.filter(left__gt=0).exists()
    desk.post(f"/riverside/listen/{round_.pk}/ways/{way.pk}/aside/", {"reason": "It was passed on."})
    way.refresh_from_db()
    assert (way.most, way.set_aside) == (0, "It was passed on.")
    assert [line.verb for line in AuditLine._base_manager.order_by("-pk")[:3]] == [
        "set a way in aside",
        "withdrew a way in",
        "closed the door",
    ]


def test_a_reason_that_is_too_long_stays_on_the_page(round_: ListeningRound, bea: Any) -> None:
    make(round_, bea, level="invited")
    way = AccessCodeBatch.objects.get()
    long = "It was passed on in a chat that is not ours. " * 5
    answer = at_desk(bea).post(f"/riverside/listen/{round_.pk}/ways/{way.pk}/aside/", {"reason": long})
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert "the limit is 160" in answer.content.decode()
    way.refresh_from_db()
    assert not way.set_aside


def test_too_many_for_paper_and_members_who_may_not(round_: ListeningRound, bea: Any, chen: Any) -> None:
    refused = make(round_, bea, most=301)
    assert refused.status_code == 422
    assert shows(refused.content.decode(), "too-many")
    assert make(round_, chen).status_code == 404
    assert not AccessCodeBatch.objects.exists()
