"""How many come, were heard and wait to be read: one number each, on every page of the demo, read one after another."""

import csv
import html
import io
import re
import subprocess
from collections import defaultdict, deque
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from django.utils.translation import override

from massline.desk.act.events.models import Event
from massline.desk.api.key_and_webhook_actions import make_key
from massline.desk.api.models import ApiScope
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.square.conversations.states import StatementState
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.reports.basis import describe_basis
from massline.square.reports.models import ReportBack, ReportKind
from tests.conftest import DoorClient, at_desk
from tests.demo.test_demo import first_number, union  # noqa: F401 (a fixture)
from tests.parts import parts

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
COUNT = re.compile(r'data-count="([^"]+)"\s*>(.*?)</(?:p|span|dd|h2)>', re.DOTALL)
LEAVE_OUT = re.compile(r"/(log-out|come-in|language|manage)/")
MOST = 700

Told = dict[str, dict[int, list[str]]]


def read_all(door: DoorClient, start: str, told: Told) -> int:
    """Read every page that links lead to, and note each number that says what it counts; return how many pages."""
    seen, waiting, pages = {start}, deque([start]), 0
    while waiting and pages < MOST:
        path = waiting.popleft()
        answer = door.get(path)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        pages += 1
        page = answer.content.decode()
        for what, text in COUNT.findall(page):
            number = first_number(re.sub(r"<[^>]*>", " ", text))
            told[what].setdefault(number, []).append(f"{door.door} {path}")
        for link in LINK.findall(page):
            address = urlsplit(urljoin(f"http://testserver{path}", html.unescape(link)))
            onward = f"{address.path}?{address.query}" if address.query else address.path
            ours = address.netloc == "testserver" and not LEAVE_OUT.search(address.path)
            if ours and "?next=" not in onward and onward not in seen:
                seen.add(onward)
                waiting.append(onward)
    return pages


def hear_programs(organisation: Organisation, by: Account, told: Told) -> None:
    """Note what the API tells of the same rounds and report-backs."""
    until = timezone.localdate() + timedelta(days=9)
    _key, secret = make_key(
        organisation=organisation, name="A map", scopes=ApiScope.values, expires_on=until, by=by
    )
    program = DoorClient("desk", HTTP_AUTHORIZATION=f"Bearer {secret}")
    rounds = {round_.question: round_.pk for round_ in ListeningRound.objects.of(organisation)}
    for row in program.get("/api/results").json():
        if row["kind"] == "listening round" and row["total"] is not None:
            told[f"heard {rounds[row['title']]}"].setdefault(row["total"], []).append("api results")
        if row["kind"] == "listening round" and row["imported"]:
            told[f"imported {rounds[row['title']]}"].setdefault(row["imported"], []).append("api results")
    for row in program.get("/api/report-backs").json():
        for name, number in row["rests_on"].items():
            told[f"rests on {row['id']} {name}"].setdefault(number, []).append("api report-backs")


def read_files(organisation: Organisation, door: DoorClient, told: Told) -> None:
    """Note what the files that are taken out of each round say of the same: how many sentences wait to be read."""
    for round_ in ListeningRound.objects.of(organisation):
        address = f"/{organisation.slug}/listen/{round_.pk}/take-out/"
        statements = rows_of(door.post(address, {"shape": "statements"}))
        if statements and "state" in statements[0]:
            held = sum(row["state"] == StatementState.HELD for row in statements)
            told[f"to read {round_.pk}"].setdefault(held, []).append("statements file")


def rows_of(answer: Any) -> list[dict[str, str]] | None:
    """The rows of a table that was taken out; None where its results are hidden still."""
    if "Content-Disposition" not in answer.headers:
        return None
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def read_prints(organisation: Organisation, nobody: DoorClient, told: Told) -> None:
    """Note what the printed report-backs say they rest on, where their pages say it in the same words."""
    reports = ReportBack.objects.filter(organisation__uuid=organisation.uuid, kind=ReportKind.HEARD)
    assert reports
    for report in reports:
        with override("en"):
            basis = describe_basis(report.rests_on)
        for name, number in report.rests_on.items():
            told[f"rests on {report.uuid} {name}"].setdefault(number, []).append("square report")
        pdf = nobody.get(report.get_sheet_url()).getvalue()
        printed = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        assert basis in " ".join(printed.decode().split())
        page = re.sub(r"<[^>]*>", " ", nobody.get(report.get_absolute_url()).content.decode())
        assert basis in " ".join(html.unescape(page).split())


def test_every_page_of_the_demo_says_the_same_of_who_comes_who_was_heard_and_what_waits(
    union: Organisation,  # noqa: F811
    nobody: DoorClient,
) -> None:
    holder = Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0]
    door = at_desk(holder)
    told: Told = defaultdict(dict)
    pages = read_all(door, f"/{union.slug}/", told) + read_all(nobody, f"/{union.slug}/", told)
    assert pages > 120
    hear_programs(union, holder, told)
    read_prints(union, nobody, told)
    read_files(union, door, told)
    places = {place for numbers in told.values() for named in numbers.values() for place in named}
    assert {"api results", "api report-backs", "square report", "statements file"} <= places
    differing = {what: numbers for what, numbers in told.items() if len(numbers) != 1}
    assert differing == {}
    kinds = {
        kind: [what for what in told if what.startswith(kind)] for kind in ("coming", "heard", "to read")
    }
    assert all(kinds.values()), kinds
    rounds = [f"to read {round_.pk}" for round_ in ListeningRound.objects.of(union).open()]
    to_read = [number for what in rounds for number in told.get(what, {}) if number]
    today = parts(door.get(f"/{union.slug}/"), "own-words")
    assert sorted(map(first_number, today)) == sorted(to_read) != []
    for event in Event.objects.of(union).coming_up():
        assert list(told[f"coming {event.uuid}"]) == [count_sign_ups([event.uuid])[event.uuid].coming]
        doors = {place.split()[0] for place in next(iter(told[f"coming {event.uuid}"].values()))}
        assert "desk" in doors
    assert any(
        "square" in place for what in kinds["coming"] for places in told[what].values() for place in places
    )
