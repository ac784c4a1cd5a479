"""What was typed when a login ended waits for who logs in again, and only for them."""

import json
from datetime import timedelta

from django.test import RequestFactory
from django.utils import timezone

from massline.desk.guard.accounts.login_limits import WAITING_SENDER
from massline.desk.guard.accounts.unsent_forms import (
    FIELD,
    MOST_FIELDS,
    MOST_LETTERS_OF_STRANGERS,
    UnsentForm,
)
from massline.desk.listen.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.people.sessions import DeskSession
from massline.web.rate_limits import MANY_BEHIND_ONE, count_attempt
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.guard.accounts.unsent_form_pages import HIDDEN, OPEN, TYPED, waits
from tests.parts import shows


def test_what_was_typed_comes_back_after_the_login_and_is_sent_with_one_press(
    riverside: Organisation, bea: Account
) -> None:
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    question = {
        "question": "How warm is your flat at night?",
        "closes_on": tomorrow,
        "seeds": "",
        "shown": "held",
    }
    door = at_desk(bea)
    door.get(OPEN)
    DeskSession.objects.filter(account=bea).delete()
    asked = door.post(OPEN, question)
    assert asked.status_code == 403
    assert shows(asked, "text-waits")
    path, fields = waits(asked)
    assert path == OPEN
    assert dict(fields) == question
    wrong = door.post("/login/", {"name": "bea", "passphrase": "no", FIELD: json.dumps([path, fields])})
    assert waits(wrong) == [path, fields], "a slip of the fingers loses nothing"
    back = door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: json.dumps([path, fields])})
    assert shows(back, "text-unsent")
    assert question["question"] in back.content.decode()
    assert not ListeningRound.objects.exists()
    assert door.post(path, dict(fields)).status_code == 302
    assert ListeningRound.objects.get().question == question["question"]


def test_secrets_and_pages_of_keys_are_typed_again(riverside: Organisation) -> None:
    door = DoorClient("desk")
    _path, fields = waits(door.post(OPEN, TYPED | HIDDEN))
    assert dict(fields) == TYPED
    words = {"words": "academic acid acrobat romp"}
    answer = door.post(
        "/riverside/guard/paper/open/",
        words,
        headers={"referer": "http://testserver/riverside/guard/paper/open/"},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=%2Friverside%2Fguard%2Fpaper%2Fopen%2F"


def test_a_form_that_leads_elsewhere_waits_for_nobody(bea: Account) -> None:
    for path in ("https://evil.example/", "//evil.example/", "/\\evil.example/", "evil", 7, None):
        door = DoorClient("desk")
        sent = {"name": "bea", "passphrase": PASSPHRASE, FIELD: json.dumps([path, [["a", "b c"]]])}
        assert door.post("/login/", sent).status_code == 302, path
    for broken in ("[", "[1,2]", '["/x/", 5]', '["/x/", []]', "[" * 9000):
        sent = {"name": "bea", "passphrase": PASSPHRASE, FIELD: broken}
        assert DoorClient("desk").post("/login/", sent).status_code == 302, broken[:20]


def test_a_script_that_sends_is_told_to_log_in(riverside: Organisation) -> None:
    """The queue of a check-in keeps what it could not send; it needs the redirect to see that."""
    answer = DoorClient("desk").post(OPEN, TYPED, headers={"sec-fetch-mode": "cors"})
    assert answer.status_code == 302


def test_a_form_of_another_site_waits_for_nobody(riverside: Organisation) -> None:
    """Whoever logs in must not be offered to send what another site wrote; every page that takes forms checks that."""
    stranger = DoorClient("desk", enforce_csrf_checks=True)
    for path in (OPEN, "/riverside/people/lists/", "/riverside/people/", "/found/"):
        answer = stranger.post(path, {"pasted": "not yours"}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403, path
        assert FIELD not in answer.content.decode(), path


def test_what_waits_is_read_again_whatever_script_it_is_in(riverside: Organisation, amal: Account) -> None:
    """Written with escapes, a long text in Arabic or Chinese waited in the page, and was gone after the passphrase."""
    form = UnsentForm(OPEN, (("pasted", 'تدفئة «البيت» \\ "سخان"\r\n' * 22_000),))
    assert not form.is_too_large
    door = at_desk(amal)
    assert waits(door.post("/riverside/guard/unlock/", {FIELD: form.as_text()})) == [
        OPEN,
        [["pasted", form.fields[0][1]]],
    ]
    for broken in ('["/x/", [["a", "\\ud800 b"]]]', '["/\\ud800/", [["a", "b c"]]]'):
        sent = {"passphrase": PASSPHRASE, FIELD: broken}
        assert door.post("/riverside/guard/unlock/", sent).status_code == 302, broken


def test_a_form_that_waits_is_not_larger_than_what_anybody_types(
    riverside: Organisation, bea: Account
) -> None:
    """Whoever has no login could else have millions of quotation marks written out sixfold, again and again."""
    quotes = '"' * (MOST_LETTERS_OF_STRANGERS // 6)
    for long in ([["a", quotes]], [["a", "b c"]] * (MOST_FIELDS + 1)):
        asked = DoorClient("desk").post("/login/", {FIELD: json.dumps([OPEN, long])})
        assert FIELD not in asked.content.decode()
    answer = DoorClient("desk").post(OPEN, {"question": quotes})
    assert answer.status_code == 302
    for typed in ({"name": "'" * 1_000_000, "passphrase": "x"}, {"next": "/" + "'" * 1_000_000}):
        assert len(DoorClient("desk").post("/login/", typed).content) < 100_000


def test_a_stranger_has_a_form_wait_so_many_times_only(riverside: Organisation, bea: Account) -> None:
    waiting = json.dumps([OPEN, [["what", "Ask Basma"]]])
    for _ in range(WAITING_SENDER.per * MANY_BEHIND_ONE - 2):
        assert count_attempt(WAITING_SENDER, RequestFactory().get("/")) is None
    stranger = DoorClient("desk")
    assert waits(stranger.post(OPEN, {"what": "Ask Basma"})) == json.loads(waiting)
    assert waits(stranger.post("/login/", {FIELD: waiting})) == json.loads(waiting)
    for address, sent in (("/login/", {FIELD: waiting}), (OPEN, {"what": "Ask Basma"})):
        answer = stranger.post(address, sent)
        assert answer.status_code == 429, address
        assert "Ask Basma" not in answer.content.decode()
    assert stranger.post("/login/", {"name": "bea", "passphrase": PASSPHRASE}).status_code == 302
