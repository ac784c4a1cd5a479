"""How many come, were heard and wait to be read: one number each, on every page of the demo, read one after another."""

import html
import re
from collections import defaultdict, deque
from urllib.parse import urljoin, urlsplit

from massline.desk.act.events.models import Event
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes.event_capacity import count_sign_ups
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


def test_every_page_of_the_demo_says_the_same_of_who_comes_who_was_heard_and_what_waits(
    union: Organisation,  # noqa: F811
    nobody: DoorClient,
) -> None:
    holder = Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0]
    door = at_desk(holder)
    told: Told = defaultdict(dict)
    pages = read_all(door, f"/{union.slug}/", told) + read_all(nobody, f"/{union.slug}/", told)
    assert pages > 120
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
