"""A chain holds although its old lines go, and shows lines that went before their time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from massline.core.expiry import delete_expired_rows
from massline.desk.guard.audit import chain, published_heads
from massline.desk.guard.audit.models import AuditHead, AuditLine, HeadLeaf
from massline.desk.people.models import Organisation
from tests.desk.guard.audit.chain_rows import lines

pytestmark = pytest.mark.usefixtures("data")


def test_a_chain_that_slept_past_the_life_of_its_lines_goes_on_where_it_was(
    copy: str, riverside: Organisation
) -> None:
    length, digest = chain.chain_end(riverside)
    with travel(timezone.now() + timedelta(days=200)):
        delete_expired_rows("desk")
        assert lines(riverside) == []
        assert chain.chain_end(riverside) == (length, digest)
        published_heads.publish_heads()
        assert published_heads.all_chain_problems() == []
        chain.append_line(riverside, None, "woke", "again")
        (line,) = lines(riverside)
        assert (line.sequence, line.previous) == (length + 1, digest)
        assert published_heads.all_chain_problems() == []
        assert published_heads.compare_copy(copy) == (2, [])


def test_lines_taken_out_before_their_time_are_found(copy: str, riverside: Organisation) -> None:
    with travel(timezone.now() + timedelta(days=2)):
        for _ in range(3):
            chain.append_line(riverside, None, "went on", "something")
        published_heads.publish_heads()
    with travel(timezone.now() + timedelta(days=4)):
        chain.append_line(riverside, None, "went on", "once more")
        published_heads.publish_heads()
        keep = lines(riverside)[-1].pk
        AuditLine.objects.filter(organisation=riverside).exclude(pk=keep).delete()
        assert chain.first_broken_line(riverside) is None
        assert published_heads.chain_problems(riverside) == []  # what follows still names the head before it
        chain.append_line(riverside, None, "went on", "yet again")
        AuditLine.objects.filter(pk=keep).delete()
        assert ["was cut short" in one.say for one in published_heads.chain_problems(riverside)] == [True]


def test_old_lines_may_go_and_young_ones_may_not_however_the_chain_is_cut(riverside: Organisation) -> None:
    began, copies = timezone.now(), []
    for day in (0, 200, 290):
        with travel(began + timedelta(days=day)):
            chain.append_line(riverside, None, "went on", "something")
            copies.append(str(next(one for one in published_heads.publish_heads() if one.organisation)))
    length, _ = chain.chain_end(riverside)
    with travel(began + timedelta(days=300)):
        for _ in range(3):
            chain.append_line(riverside, None, "went on", "something")
        AuditLine.objects.filter(organisation=riverside, sequence__lte=length + 1).delete()
        cut = [
            f"line {length}" in one.say and "was cut short" in one.say
            for one in published_heads.chain_problems(riverside)
        ]
        assert cut == [True]
        assert published_heads.compare_copy(copies[0])[1] == []
        assert len(published_heads.compare_copy(copies[2])[1]) == 1


def test_a_line_must_be_there_until_the_last_day_on_which_it_is_kept(riverside: Organisation) -> None:
    # at noon: summer time, half a year on, must not move the hour into another day
    began, copies = timezone.now().replace(hour=12), []
    for day in (0, 1):
        with travel(began + timedelta(days=day)):
            chain.append_line(riverside, None, "went on", "something")
            copies.append(str(next(one for one in published_heads.publish_heads() if one.organisation)))
    length, _ = chain.chain_end(riverside)
    with travel(began + timedelta(days=2)):
        for _ in range(2):
            chain.append_line(riverside, None, "went on", "something")
    AuditLine.objects.filter(organisation=riverside, sequence__lte=length + 1).delete()
    for day, by_our_heads, by_a_copy in ((180, 1, 1), (181, 0, 1), (182, 0, 0)):
        with travel(began + timedelta(days=day)):
            assert len(published_heads.chain_problems(riverside)) == by_our_heads, day
            assert len(published_heads.compare_copy(copies[1])[1]) == by_a_copy, day


def test_a_forged_head_is_found_where_every_line_has_expired(copy: str, riverside: Organisation) -> None:
    with travel(timezone.now() + timedelta(days=200)):
        delete_expired_rows("desk")
        assert published_heads.compare_copy(copy) == (2, [])
        AuditHead.objects.filter(organisation=riverside).update(digest="f" * 64)
        (trouble,) = published_heads.compare_copy(copy)[1]
        assert (trouble.chain, lines(riverside)) == ("riverside", [])


def test_the_head_of_all_is_held_against_its_parts_for_as_long_as_they_are_kept(copy: str) -> None:
    HeadLeaf.objects.all().delete()

    def told() -> list[str]:
        return [one.say for one in published_heads.all_chain_problems() if one.chain == "all together"]

    assert len(told()) == 1
    with travel(timezone.now() + timedelta(days=400)):
        assert len(told()) == 1
    with travel(timezone.now() + timedelta(days=401)):
        assert told() == []
