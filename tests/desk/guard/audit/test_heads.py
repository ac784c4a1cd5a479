"""Whoever cuts, changes or rewrites an audit chain is found: by the chain, or by a head that was published."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.audit import chain, published_heads
from massline.desk.guard.audit.models import AuditHead, AuditLine, HeadLeaf
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublishedHead
from tests.conftest import at_desk
from tests.desk.guard.audit.chain_rows import lines, rewrite

LINE = "90c38208f9bc5ed2efab2bd7128f1bd79c45d52c412b1a03c459507a84badf0c"
LEAF = "0e92ff137eefc4cac5eb66e75e2579e6f41501de97849575644ae45e4fc63318"
BOTH = "d18b11af089a90126d9f4a1b97a080d32edc1ad6a2e964098f10db78a91cc41f"


pytestmark = pytest.mark.usefixtures("data")


def test_the_heads_stand_on_the_square_and_no_inner_organisation_is_named(
    copy: str, inner: Organisation, riverside: Organisation, data: Path
) -> None:
    told = [line.split() for line in copy.splitlines() if not line.startswith("#")]
    end = chain.chain_end(riverside)
    today = str(timezone.localdate())
    assert [words[:3] for words in told] == [[today, "*", "-"], [today, "riverside", str(end[0])]]
    assert told[1][3] == end[1]
    assert "inner" not in copy.replace("The star covers every chain", "")
    kept = published_heads.heads_file()
    assert sorted(kept.read_text().splitlines()) == sorted(" ".join(words) for words in told)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_second_round_on_the_same_day_publishes_nothing_new(copy: str, riverside: Organisation) -> None:
    chain.append_line(riverside, None, "did", "something")
    assert published_heads.publish_heads() == []
    assert PublishedHead.objects.count() == 2
    with travel(timezone.now() + timedelta(days=1)):
        assert len(published_heads.publish_heads()) == 2


def test_an_honest_chain_agrees_with_every_copy(
    copy: str, riverside: Organisation, inner: Organisation
) -> None:
    chain.append_line(riverside, None, "went on", "something")
    chain.append_line(inner, None, "went on", "something")
    assert published_heads.all_chain_problems() == []
    assert published_heads.compare_copy(copy) == (2, [])


def test_a_chain_cut_at_its_end_is_found(copy: str, riverside: Organisation) -> None:
    lines(riverside)[-1].delete()
    assert chain.first_broken_line(riverside) is None
    (trouble,) = published_heads.chain_problems(riverside)
    assert "was cut short" in trouble.say
    amal = at_desk(Account.objects.get(name="amal"))
    for page in ("/riverside/guard/", "/riverside/guard/record/"):
        assert "was cut short" in amal.get(page).content.decode()


def test_a_chain_rewritten_with_all_its_heads_is_found_by_a_copy(copy: str, riverside: Organisation) -> None:
    length = len(lines(riverside))
    rewrite(riverside, length)
    HeadLeaf.objects.all().delete()
    PublishedHead.objects.all().delete()
    published_heads.publish_heads()
    assert published_heads.all_chain_problems() == []
    compared, found = published_heads.compare_copy(copy)
    assert compared == 2
    assert {one.chain for one in found} == {"riverside", "all together"}
    assert any("was rewritten" in one.say for one in found)


def test_an_inner_chain_rewritten_is_found_by_the_head_of_all(copy: str, inner: Organisation) -> None:
    rewrite(inner, 1)
    HeadLeaf.objects.all().delete()
    published_heads.publish_heads()
    assert [one.chain for one in published_heads.compare_copy(copy)[1]] == ["all together"]


def test_a_head_changed_at_the_desk_alone_is_found(copy: str, riverside: Organisation) -> None:
    AuditHead.objects.filter(organisation=riverside).update(digest=lines(riverside)[0].digest, length=1)
    assert [one.say.split(" of ")[0] for one in published_heads.chain_problems(riverside)] == ["has a head"]


def test_a_line_taken_out_by_one_who_numbers_and_digests_the_rest_anew_is_found(
    riverside: Organisation,
) -> None:
    for _ in range(3):
        chain.append_line(riverside, None, "did", "something")
    *_, before, gone, after = lines(riverside)
    gone.delete()
    after.sequence = before.sequence + 1
    after.digest = chain._digest(after)
    after.save()
    assert chain.first_broken_line(riverside) == after.sequence


def test_a_chain_begins_at_one_and_its_lines_say_what_was_done_to_what(riverside: Organisation) -> None:
    organisation = Organisation.objects.create(name="Mill Lane", slug="mill-lane")
    chain.append_line(organisation, None, "did", riverside)
    chain.append_line(organisation, None, "did", "x" * 81)
    first, second = lines(organisation)
    assert (first.sequence, first.previous, first.subject) == (1, "0" * 64, f"Organisation {riverside.pk}")
    assert (second.sequence, second.previous, second.subject) == (2, first.digest, "x" * 80)


def test_a_digest_of_before_this_version_still_follows() -> None:
    """What was published and printed is held against today's reckoning for ever."""
    line = AuditLine(sequence=7, verb="did", subject="it", previous="0" * 64, by_number=3, salt=bytes(16))
    line.day = date(2026, 5, 1)
    assert chain._digest(line) == LINE
    head = AuditHead(day=date(2026, 5, 1), length=7, digest=LINE)
    assert published_heads.head_leaf(head) == LEAF
    assert (
        published_heads.combine_leaves([LEAF, LINE]) == published_heads.combine_leaves([LINE, LEAF]) == BOTH
    )


def test_a_line_said_to_be_somebody_elses_is_found(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    chain.append_line(riverside, amal, "exported", "12 contacts")
    AuditLine.objects.filter(verb="exported").update(account=chen)
    assert chain.first_broken_line(riverside) == lines(riverside)[-1].sequence


def test_a_line_stays_whole_when_its_account_is_gone(riverside: Organisation, chen: Account) -> None:
    chain.append_line(riverside, chen, "wrote", "a field report")
    chen.delete()
    assert chain.first_broken_line(riverside) is None


def test_nobody_guesses_a_line_from_its_head(riverside: Organisation) -> None:
    chain.append_line(riverside, None, "did", "the same")
    one = lines(riverside)[-1]
    salts = {bytes(line.salt or b"") for line in lines(riverside)}
    assert len(salts) == len(lines(riverside))
    assert all(len(salt) == 16 for salt in salts)
    AuditLine.objects.filter(pk=one.pk).update(salt=bytes(16))
    assert chain.first_broken_line(riverside) == one.sequence


def test_a_copy_that_cannot_be_read_does_not_look_like_one_that_agrees(copy: str) -> None:
    compared, found = published_heads.compare_copy("# nothing\n\n2026-01-01 riverside\nnonsense here now\n")
    assert compared == 0
    assert [one.chain for one in found] == ["line 3", "line 4"]
    assert published_heads.compare_copy("2026-01-01 nobody 3 abc")[1][0].say.startswith("was published on")
