"""A house that lives: people sign up, organisers work, things go wrong. Run as a process of its own on real files.

Prints, as JSON, every string that must not be found on the disk; then waits, files open, until its input closes.
"""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from massline.cli.django_setup import setup_django
from tests.wall import seizure_people

if TYPE_CHECKING:
    from tests.conftest import DoorClient

LINK = "https://video.example.org/room-7f3a91c2d4e5b6a7"
ADDRESS, FORWARDED, PROXY = "203.0.113.77", "198.51.100.23", "2001:db8:77::4242"
AMAL = {"name": "amal", "passphrase": "velvet-anchor walks over ninety bridges"}
BEA = {"name": "bea", "passphrase": "copper-lantern sings below seven rivers"}
PEOPLE = {
    "collected": {"name": "Zdenka Wurzelbaum", "contact": "zdenka.wurzelbaum@post.example"},
    "changed": {"name": "Oluwaseun Trautwein", "contact": "+49 1571 5550143"},
    "waiting": {"name": "Ximena Querfurth", "contact": "@ximena_querfurth.88"},
    "walked in": {"name": "Þórhildur Blaschke", "contact": "+49 1609 5550777"},
}


def main(folder: Path) -> None:
    setup_django("desk")
    from django.test.utils import override_settings

    from massline.cli import first_start
    from massline.desk.people import scope

    first_start.prepare_databases(logging.getLogger("massline").info)
    first_start.prepare_static(logging.getLogger("massline").info)
    with (
        override_settings(ALLOWED_HOSTS=["testserver"]),
        scope.scope_to_everything("the story's own questions"),
    ):
        forbidden = live()
    print(json.dumps(forbidden), flush=True)
    sys.stdin.read()


def door(name: str, *, checks: bool = False) -> "DoorClient":
    from tests.conftest import DoorClient

    return DoorClient(
        name,
        enforce_csrf_checks=checks,
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=f"{FORWARDED}, {PROXY}",
        HTTP_FORWARDED=f"for={FORWARDED}",
        HTTP_X_REAL_IP=FORWARDED,
    )


def live() -> dict[str, str]:
    """One evening; give what nobody may find."""
    found = {
        "link to join": LINK,
        "address": ADDRESS,
        "forwarded address": FORWARDED,
        "proxy's address": PROXY,
    }
    amal, secrets = come_in()
    found |= secrets | make_safe(amal)
    seizure_people.ready()
    event = plan(amal)
    found |= sign_up(amal, event) | seizure_people.be_written_to() | vote() | go_wrong()
    seizure_people.be_heard()
    found |= seizure_people.watch_the_world()
    for who, given in PEOPLE.items():
        found |= {f"{field} of the one who {who}": value for field, value in given.items()}
    found["digits of a phone"] = "15715550143"
    return found | {f"passphrase of {one['name']}": one["passphrase"] for one in (AMAL, BEA)}


def come_in() -> tuple["DoorClient", dict[str, str]]:
    from massline.desk.guard.accounts import invitations
    from massline.desk.people.choices import Role

    first = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    amal = door("desk")
    well(amal.post(f"/come-in/{first}/", AMAL | {"again": AMAL["passphrase"]}))
    given = {"name": "Riverside", "slug": "riverside", "sentence": "We act together.", "kind": "mass"}
    well(amal.post("/found/", given | {"timezone_name": "Europe/Berlin", "passphrase": AMAL["passphrase"]}))
    well(amal.post("/riverside/guard/unlock/", {"passphrase": AMAL["passphrase"]}))
    return amal, {"used invitation": first, "unlock cookie": half(amal)} | second_factors(amal)


def second_factors(amal: "DoorClient") -> dict[str, str]:
    """An app and codes on paper; and the cookie that is the session."""
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    from massline.desk.guard.accounts import totp

    offered = re.search(r'name="offered" value="([0-9a-f]+)"', amal.get("/account/app/").content.decode())
    secret = totp.read_offered_secret(offered[1]) if offered else None
    assert offered
    assert secret
    app = TOTP(secret, totp.DIGITS, SHA1(), totp.STEP_SECONDS)
    shown = app.generate(int(time.time())).decode()
    well(amal.post("/account/app/", {"offered": offered[1], "code": shown}))
    page = amal.post("/account/codes/").content.decode()
    paper = re.findall(r"<code>((?:[a-z2-9]{4}-)+[a-z2-9]{4})</code>", page)
    return {
        "secret of an app": totp.format_secret(secret).replace(" ", ""),
        "code on paper": paper[0],
        "code on paper, bare": paper[1].replace("-", ""),
        "cookie of a session": amal.cookies["massline"].value,
    }


def half(amal: "DoorClient") -> str:
    """The half of the key that the cookie carries, without the row's number."""
    return str(amal.cookies["vault-riverside"].value.split(".", 1)[1].rstrip("="))


def make_safe(amal: "DoorClient") -> dict[str, str]:
    """A second key-holder, proven paper, and one more invitation that nobody used yet."""
    from massline.desk.guard.keys import recovery_sheets

    used, waiting = (invited(amal) for _ in range(2))
    well(door("desk").post(f"/come-in/{used}/", BEA | {"again": BEA["passphrase"]}))
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    well(amal.post("/riverside/guard/paper/trust/", {"public": sheets.public}))
    page = amal.get("/riverside/guard/paper/offline/").content.decode()
    question = re.search(r"massline-question:[a-z0-9]+", page)
    assert question
    opened = recovery_sheets.open_sealed(
        recovery_sheets.decode_armour("massline-question", question.group()),
        recovery_sheets.join_sheets(sheets.words[:2]),
    )
    well(amal.post("/riverside/guard/paper/prove/", {"answer": recovery_sheets.read_answer(opened)}))
    words = {f"sheet {number}": words for number, words in enumerate(sheets.words, start=1)}
    return {"invitation of a holder": used, "waiting invitation": waiting, **words}


def invited(amal: "DoorClient") -> str:
    page = amal.post("/riverside/guard/invite/", {"role": 3}).content.decode()
    return page.split("/come-in/")[1].split("/")[0]


def plan(amal: "DoorClient") -> Any:
    from django.utils import timezone

    from massline.desk.act.events import actions as event_actions
    from massline.desk.act.events.event_plan import EventPlan
    from massline.desk.act.events.join_link_actions import set_join_link
    from massline.desk.people.models import Account, Organisation

    starts = timezone.now() + timedelta(days=3)
    event = event_actions.plan_event(
        organisation=Organisation.objects.get(),
        by=Account.objects.get(name="amal"),
        facts=EventPlan(
            kind="mass_meeting",
            title="Mass meeting",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="Harbour Hall",
            joining="mixed",
        ),
    )
    set_join_link(event=event, link=LINK, by=Account.objects.get(name="amal"))
    return event


def sign_up(amal: "DoorClient", event: Any) -> dict[str, str]:
    """Two sign up and are collected, one at the door, one after; a next step for everybody known."""
    from massline.desk.people.models import Account, Contact

    page, room = f"/riverside/events/{event.uuid}/", f"/riverside/act/{event.pk}/"
    links = {who: say_coming(page, PEOPLE[who]) for who in ("collected", "changed")}
    well(door("square").post(f"/manage/{links['changed']}/", PEOPLE["changed"] | form_id(page)))
    well(amal.post(f"{room}collect/"))
    walked = PEOPLE["walked in"]
    well(amal.post(f"{room}door/", {"name": walked["name"], "point": walked["contact"], "consent": "on"}))
    links["waiting"] = say_coming(page, PEOPLE["waiting"])
    contacts = list(Contact.objects.all())
    assert len(contacts) == 3, len(contacts)
    step = {
        "what": "Bring one neighbour",
        "due_on": f"{datetime.now(UTC).year + 1}-01-01",
        "owner": Account.objects.get(name="amal").pk,
    }
    for contact in contacts:
        well(amal.post(f"/riverside/act/contacts/{contact.pk}/next-step/", step))
    security = [f"/riverside/guard/{page}" for page in ("", "members/", "contacts/", "record/")]
    for shown in (room, "/riverside/people/", *security):
        assert amal.get(shown).status_code == 200, shown
    return {f"manage link of the one who {who}": secret for who, secret in links.items()}


def form_id(page: str) -> dict[str, str]:
    found = re.search(r'name="form_id" value="([^"]+)"', door("square").get(page).content.decode())
    assert found, "the page carries no form"
    return {"form_id": found.group(1)}


def say_coming(page: str, person: dict[str, str]) -> str:
    answer = door("square").post(page, person | form_id(page))
    well(answer)
    return str(answer.headers["Location"].split("/manage/")[1].split("/")[0])


def vote() -> dict[str, str]:
    """Somebody answers; the job that draws the map is left waiting."""
    from massline.square.conversations import actions
    from massline.square.organisations.models import PublicOrganisation

    talk = actions.open_conversation(
        organisation=PublicOrganisation.objects.get(), question="Heating?", seeds=["Publish the bills."]
    )
    dweller = door("square")
    page = dweller.get(talk.get_absolute_url()).content.decode()
    ballot = re.search(r'name="ballot" value="([^"]+)"', page)
    assert ballot
    well(dweller.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot.group(1), "vote": 1}))
    return {"participant's cookie": dweller.cookies["voice"].value} | seizure_people.come_by_card(
        talk, door("square")
    )


def go_wrong() -> dict[str, str]:
    """What ends in a log: refused forms, wrong methods, wrong passphrases, a job that fails over a phone number."""
    from massline.desk.guard.accounts import invitations
    from massline.desk.people.choices import Role
    from massline.jobs import models, registry, worker

    secret = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    refused = door("desk", checks=True).post(f"/come-in/{secret}/", AMAL)
    assert refused.status_code == 403, refused.status_code
    wrong = "almost-the-right words but not quite"
    assert door("desk").post("/login/", {"name": "amal", "passphrase": wrong}).status_code == 200
    assert door("square").get("/nowhere/").status_code == 404

    @registry.job("story.fail")
    def fail() -> None:
        raise ValueError(PEOPLE["collected"]["contact"])

    models.enqueue("story.fail", using="desk")
    worker.do_all("desk")
    assert models.Job.objects.using("desk").filter(last_error="ValueError").exists()
    models.enqueue("story.wait", using="square", delay=timedelta(days=1))
    return {"link of a refused form": secret, "mistyped passphrase": wrong} | refused_manage_link()


def refused_manage_link() -> dict[str, str]:
    """Somebody opens the address of a button as if it were a page; the square says no and the log hears of it."""
    from massline.desk.act.events.models import Event

    page = f"/riverside/events/{Event.objects.get().uuid}/"
    link = say_coming(page, PEOPLE["waiting"])
    assert door("square").get(f"/manage/{link}/cancel/").status_code == 405
    return {"manage link in a refused request": link}


def well(answer: Any) -> None:
    """What was sent was taken: pages that take something send on."""
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[-3000:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
