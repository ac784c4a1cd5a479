"""Where a file was read wrongly, a person says how it is to be read, in both rooms and on the watch."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.listen.watches import actions
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.listen.import_files import confirm, looked, send
from tests.parts import shows
from tests.tables.table_files import xlsx

LISTS = "/riverside/people/lists/"
PEOPLE = xlsx(
    North=[["Name", "E-Mail", "Consent"], ["Ann", "ann@example.org", "yes"]],
    South=[["E-Mail", "Floor", "Name", "Consent"], ["bo@example.org", "3", "Bo", "yes"]],
)


def test_a_second_sheet_of_a_list_is_read_once_it_is_chosen(amal: Account, riverside: Organisation) -> None:
    door = unlocked(amal, riverside)
    page = door.post(LISTS, {"file": SimpleUploadedFile("list.xlsx", PEOPLE), "source": "The stall"})
    assert [one.name for one in page.context["run"].new] == ["Ann"]
    again = {
        "list": page.context["list"],
        "source": "The stall",
        "reread": "1",
        "file-sheets": ["North", "South"],
    }
    page = door.post(LISTS, again)
    assert [one.name for one in page.context["run"].new] == ["Ann", "Bo"]
    assert not Contact.objects.exists()
    chosen = {f"column_{n}": str(means) for n, means in enumerate(page.context["form"].meanings)}
    door.post(LISTS, {"list": page.context["list"], "source": "The stall", "bring": "1", **chosen})
    assert ContactImport.objects.get().new == 2


def test_a_choice_that_leaves_nothing_to_read_is_refused_and_the_list_stays(
    amal: Account, riverside: Organisation
) -> None:
    door = unlocked(amal, riverside)
    pasted = "Name,E-Mail,Consent\nAnn,ann@example.org,yes\n"
    page = door.post(LISTS, {"pasted": pasted, "source": "The stall"})
    again = {"list": page.context["list"], "source": "The stall", "reread": "1", "file-heading_row": "2"}
    page = door.post(LISTS, again)
    assert shows(page, "no-rows")
    assert [one.name for one in page.context["run"].new] == ["Ann"]


def test_words_are_read_again_by_another_line_of_headings(round_: ListeningRound, bea_at: DoorClient) -> None:
    answer = send(
        bea_at, round_, list__csv="What we heard in May\nThe lift is out again.\nIt is cold on the stairs.\n"
    )
    address = answer.headers["Location"]
    looked(bea_at, answer)
    assert (
        bea_at.post(address, {"reread": "1", "file-heading_row": "0", "file-delimiter": "line"}).status_code
        == 302
    )
    confirm(bea_at, answer)
    assert sorted(Voice.objects.values_list("text", flat=True)) == [
        "It is cold on the stairs.",
        "The lift is out again.",
        "What we heard in May",
    ]


def test_columns_that_were_chosen_keep_the_way_the_file_is_read(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    book = xlsx(
        One=[["Day", "Words"], ["2026-11-01", "The lift is out again."]],
        Two=[["Words", "Floor"], ["Nobody answers the phone.", "3"]],
    )
    answer = send(bea_at, round_, book__xlsx=book)
    address = answer.headers["Location"]
    bea_at.post(address, {"reread": "1", "file-sheets": ["Two"]})
    confirm(bea_at, answer, kind="voices", column_0="words", column_1="")
    assert Voice.objects.get().text == "Nobody answers the phone."
    assert ImportBatch.objects.get().packed is None


@pytest.mark.parametrize("choice", [{"file-heading_row": "x"}, {"file-encoding": "rot13"}])
def test_a_choice_that_does_not_exist_changes_nothing(
    round_: ListeningRound, bea_at: DoorClient, choice: dict[str, Any]
) -> None:
    answer = send(bea_at, round_, list__csv="Words\nThe lift is out again.\n")
    assert bea_at.post(answer.headers["Location"], {"reread": "1", **choice}).status_code == 422
    assert not Voice.objects.exists()


def test_a_table_for_a_watch_is_read_from_the_sheet_that_is_named(
    riverside: Organisation, bea: Account
) -> None:
    watch = actions.track_issue(organisation=riverside, name="Evictions", by=bea)
    book = xlsx(
        Notes=[["Read me", "x"], ["a", "b"]],
        Data=[["Made by us"], ["Day", "Title"], ["2026-11-03", "Mill St"]],
    )
    address = f"/riverside/listen/watches/{watch.pk}/table/"
    sent = {"table": SimpleUploadedFile("t.xlsx", book), "file-sheet": "Data", "file-heading_row": "2"}
    assert at_desk(bea).post(address, sent).status_code == 302
    assert [(event.title, str(event.day)) for event in watch.events.all()] == [("Mill St", "2026-11-03")]
