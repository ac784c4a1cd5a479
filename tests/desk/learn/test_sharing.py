"""Lessons as signed files, what came of trying them, the last times that were like it, and what takes years."""

import json

import pytest
from nacl.signing import SigningKey

from massline.desk.guard.keys.vault import Vault
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.sharing import actions, signed_lesson_files
from massline.desk.learn.sharing.models import ForeignLesson, Trial
from massline.desk.people.models import Account, Organisation
from massline.engine.result_documents import canonical_bytes
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.learn.past_events import CLAIM
from tests.parts import expect_refusal, shows


@pytest.fixture
def elsewhere(dina: Account, harbour: Organisation) -> DoorClient:
    """Dina with an open vault at Harbour, which knows nothing of Riverside: another installation might be hers."""
    return unlocked(dina, harbour)


@pytest.fixture
def file(riverside: Organisation, amal: Account, lesson: Lesson) -> str:
    answer = unlocked(amal, riverside).post(f"/riverside/learn/lessons/{lesson.pk}/file/")
    assert "attachment" in answer.headers["Content-Disposition"]
    return str(answer.content.decode())


def test_a_signed_lesson_is_unverified_until_somebody_has_compared_the_key(
    file: str, elsewhere: DoorClient, harbour: Organisation
) -> None:
    for _again in range(2):
        answer = elsewhere.post("/harbour/learn/received/", {"pasted": file})
        assert answer.status_code == 302
    lesson = ForeignLesson.objects.get()
    assert (lesson.claim, lesson.sender, lesson.size) == (CLAIM, "Riverside Tenants", 90)
    page = elsewhere.get(answer.headers["Location"]).content.decode()
    assert shows(page, "not-verified")
    assert signed_lesson_files.format_fingerprint(lesson.public_key) in page
    elsewhere.post(f"/harbour/learn/received/{lesson.pk}/trust/")
    page = elsewhere.get(f"/harbour/learn/received/{lesson.pk}/").content.decode()
    assert "Verified: the signature is valid, and dina compared this key with Riverside Tenants" in page
    assert CLAIM in elsewhere.get("/harbour/learn/").content.decode()


def test_a_signed_file_with_signs_that_no_database_keeps_is_none(file: str, elsewhere: DoorClient) -> None:
    key = SigningKey.generate()
    for place, name, odd in (
        ("lesson", "claim", "a\0b"),
        ("from", "name", "City\0"),
        ("lesson", "kind", "\0"),
    ):
        document = json.loads(file)
        del document["signature"]
        document["from"]["key"] = key.verify_key.encode().hex()
        document[place][name] = odd
        signature = key.sign(canonical_bytes(document)).signature.hex()
        pasted = json.dumps(document | {"signature": signature})
        assert shows(elsewhere.post("/harbour/learn/received/", {"pasted": pasted}), "no-signed-lesson"), name
    assert not ForeignLesson.objects.exists()


def test_every_change_of_a_file_is_found_and_nothing_of_it_is_kept(file: str, elsewhere: DoorClient) -> None:
    document = json.loads(file)
    changed = {
        "claim": {**document, "lesson": {**document["lesson"], "claim": "Stay at home"}},
        "sender": {**document, "from": {**document["from"], "name": "City Tenants"}},
        "count": {**document, "tried": {"held": 900, "did_not": 0}},
        "more": {**document, "more": 1},
    }
    for one in changed.values():
        said = elsewhere.post("/harbour/learn/received/", {"pasted": json.dumps(one)}).content.decode()
        assert shows(said, "changed-after-signing")
    for pasted in ("{}", "[]", "hello", '{"schema": "massline.lesson/1"}', "1" * 19_000):
        said = elsewhere.post("/harbour/learn/received/", {"pasted": pasted}).content.decode()
        assert shows(said, "no-signed-lesson")
    assert not ForeignLesson.objects.exists()


def test_another_key_under_the_same_name_is_not_the_compared_one(
    file: str,
    elsewhere: DoorClient,
    riverside: Organisation,
    lesson: Lesson,
    harbour: Organisation,
    dina: Account,
) -> None:
    theirs = actions.import_lesson(organisation=harbour, text=file, by=dina)
    actions.trust_key(lesson=theirs, by=dina)
    forged = signed_lesson_files.sign_lesson(lesson, Vault(riverside.uuid, 1, b"f" * 32), held=0, did_not=0)
    copy = actions.import_lesson(organisation=harbour, text=forged, by=dina)
    assert copy.pk != theirs.pk
    assert actions.find_known_key(theirs) is not None
    assert actions.find_known_key(copy) is None


def test_a_file_that_reaches_a_person_and_one_s_own_are_refused(
    file: str, riverside: Organisation, harbour: Organisation, dina: Account, bea: Account, lesson: Lesson
) -> None:
    with expect_refusal("own-lesson"):
        actions.import_lesson(organisation=riverside, text=file, by=bea)
    Lesson.objects.update(evidence="Call +49 170 1234567")
    lesson.refresh_from_db()
    signed = signed_lesson_files.sign_lesson(lesson, Vault(riverside.uuid, 1, b"f" * 32), held=0, did_not=0)
    with expect_refusal("reaches-a-person"):
        actions.import_lesson(organisation=harbour, text=signed, by=dina)


def test_only_an_open_vault_signs(riverside: Organisation, bea: Account, lesson: Lesson) -> None:
    answer = at_desk(bea).post(f"/riverside/learn/lessons/{lesson.pk}/file/")
    assert "/guard/unlock/" in answer.headers["Location"]


def test_chapters_say_whether_it_held_and_all_see_the_count(
    lesson: Lesson, riverside: Organisation, harbour: Organisation, bea: Account, dina: Account
) -> None:
    lesson.shared_with.add(harbour)
    path = f"learn/lessons/{lesson.pk}/"
    at_desk(bea).post(f"/riverside/{path}tried/", {"held": "1"})
    for held in ("1", "0"):
        at_desk(dina).post(f"/harbour/{path}tried/", {"held": held, "words": "Nobody was at home"})
    assert actions.count_trials(lesson.uuid) == actions.TrialCounts(held=1, did_not=1)
    assert Trial.objects.count() == 2
    shown = at_desk(bea).get(f"/riverside/{path}").content.decode()
    assert shows(shown, "lesson-held-count", 1, 1)
    assert "Nobody was at home" not in shown
