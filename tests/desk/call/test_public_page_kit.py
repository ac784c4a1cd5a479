"""A listening round and a report-back are printed by the same sheets as a call, each from its own facts, once written."""

from pathlib import Path

import pytest

from massline.desk.call.materials.catalogue import PUBLIC_PAGE_SHEETS
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url, typeable_url
from tests.conftest import DoorClient, at_desk
from tests.desk.call.printed_sheets import Page
from tests.desk.decided_loop import decide
from tests.parts import shows

CODES = {"poster": 1, "flyer": 2, "tear-off": 1}


@pytest.fixture
def sum_up(riverside: Organisation, bea: Account) -> SumUp:
    """A published sum-up with its report-back."""
    decide(riverside, bea)
    sum_up = SumUp.objects.get()
    ReportBack.objects.update(
        uuid=sum_up.report_uuid,
        heard="Many flats are cold and the letters had no answer.",
        next_step="We meet on Saturday.",
    )
    return sum_up


def check_sheets(door: DoorClient, address: str, folder: Path) -> None:
    """Three sheets of a kit are of one page each, within its paper, in grey, with codes that scan."""
    for name, codes in CODES.items():
        answer = door.get(f"{address}{name}.pdf")
        assert answer.status_code == 200
        page = Page(answer.content, folder)
        assert page.info["Pages"].strip() == "1"
        assert page.clipped() == []
        assert page.is_grey()
        assert len(page.codes()) == codes


def test_a_round_has_a_kit_with_its_question(round_: ListeningRound, chen: Account, tmp_path: Path) -> None:
    door, address = at_desk(chen), f"/riverside/listen/{round_.pk}/kit/"
    share = door.get(f"/riverside/listen/{round_.pk}/share/")
    assert shows(share, "print-and-share")
    assert f'href="{address}"' in share.content.decode()
    kit = door.get(address).content.decode()
    assert kit.count('class="take"') == len(PUBLIC_PAGE_SHEETS)
    assert all(f'data-part="text-{channel}"' in kit for channel in ("chat", "message", "mail"))
    check_sheets(door, address, tmp_path)
    page = Page(door.get(f"{address}poster.pdf").content, tmp_path)
    said = " ".join(page.text().split())
    conversation = f"/riverside/c/{round_.conversation}/"
    assert round_.question in said
    assert typeable_url(conversation) in said
    assert {code.text for code in page.codes()} == {public_url(conversation)}


def test_a_report_back_has_a_kit_once_it_is_out(sum_up: SumUp, chen: Account, tmp_path: Path) -> None:
    door, address = at_desk(chen), f"/riverside/sum-up/{sum_up.pk}/kit/"
    report = ReportBack.objects.get()
    kit = door.get(address).content.decode()
    assert all(f'data-part="text-{channel}"' in kit for channel in ("chat", "message", "mail", "post"))
    assert kit.count(public_url(report.get_absolute_url())) >= 4
    check_sheets(door, address, tmp_path)
    said = " ".join(Page(door.get(f"{address}poster.pdf").content, tmp_path).text().split())
    for words in (report.title, report.heard, report.next_step):
        assert words in said
    assert door.get(f"{address}door.pdf").status_code == 404
    report.delete()
    assert door.get(address).status_code == 404


def test_a_kit_of_another_chapter_is_not_there(
    round_: ListeningRound, sum_up: SumUp, harbour: Organisation, dina: Account
) -> None:
    for address in (f"listen/{round_.pk}/kit/", f"sum-up/{sum_up.pk}/kit/"):
        assert at_desk(dina).get(f"/riverside/{address}").status_code == 404
        assert at_desk(dina).get(f"/riverside/{address}poster.pdf").status_code == 404
