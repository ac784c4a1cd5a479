"""Trying too often: who waits, how long, and that nobody is remembered."""

import gc
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from massline.web import rate_limits
from massline.web.rate_limits import Limiter, RetryAfter, count_attempt, people_behind, sender_network


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a story moves it."""
    now = [1000.0]
    monkeypatch.setattr(rate_limits, "monotonic", lambda: now[0])
    return now


def from_(address: str, said: str = "") -> HttpRequest:
    """A request; `said` is whom the proxy says it is for."""
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    if said:
        request.META["HTTP_X_FORWARDED_FOR"] = said
    return request


def test_after_so_many_tries_one_waits_and_says_how_long(clock: list[float]) -> None:
    door = Limiter("door", per=3, seconds=60)
    assert [door.take("amal") for _ in range(3)] == [None, None, None]
    assert door.take("amal") == RetryAfter(20)
    clock[0] += 19
    assert door.take("amal") == RetryAfter(1)
    clock[0] += 1
    assert door.take("amal") is None
    assert door.take("amal") == RetryAfter(20)


def test_a_refused_try_does_not_make_the_wait_longer(clock: list[float]) -> None:
    door = Limiter("door", per=1, seconds=60)
    door.take("amal")
    for _ in range(50):
        assert door.take("amal") == RetryAfter(60)
    clock[0] += 60
    assert door.take("amal") is None


def test_it_heals_fully_and_never_beyond(clock: list[float]) -> None:
    door = Limiter("door", per=3, seconds=60)
    for _ in range(5):
        door.take("amal")
    clock[0] += 10_000
    assert [door.take("amal") is None for _ in range(4)] == [True, True, True, False]


def test_names_do_not_pay_for_each_other_nor_limits_for_each_other(clock: list[float]) -> None:
    door, window = Limiter("door", per=1, seconds=60), Limiter("window", per=1, seconds=60)
    assert door.take("amal") is None
    assert door.take("bea") is None
    assert window.take("amal") is None


def test_looking_counts_nothing_and_a_right_try_is_given_back(clock: list[float]) -> None:
    door = Limiter("door", per=2, seconds=60)
    for _ in range(9):
        assert door.peek("amal") is None
    for _ in range(9):
        assert door.take("amal") is None
        door.give_back("amal")
    door.take("amal")
    door.take("amal")
    assert door.peek("amal") == RetryAfter(30)


def test_giving_back_never_gives_more_than_there_was(clock: list[float]) -> None:
    door = Limiter("door", per=1, seconds=60)
    door.give_back("amal")
    assert door.take("amal") is None
    assert door.take("amal") == RetryAfter(60)


def test_the_keys_change_every_ten_minutes_and_whoever_goes_on_goes_on_waiting(clock: list[float]) -> None:
    door = Limiter("door", per=2, seconds=100_000)
    door.take("amal")
    door.take("amal")
    first = set(door._buckets)
    clock[0] += 601
    assert isinstance(door.take("amal"), RetryAfter)
    assert first.isdisjoint(door._buckets)
    assert len(door._buckets) == 1


def test_a_clock_put_back_or_far_forward_makes_fresh_keys(clock: list[float]) -> None:
    door = Limiter("door", per=1, seconds=60)
    for step in (-500, 1_201, 5_000):
        keys = door._keys
        clock[0] += step
        door.take("amal")
        assert set(keys).isdisjoint(door._keys)
        assert {len(one) for one in (*keys, *door._keys)} == {32}


def test_within_ten_minutes_the_keys_stay_and_after_them_who_need_not_wait_is_forgotten(
    clock: list[float],
) -> None:
    door = Limiter("door", per=1, seconds=700)
    keys = door._keys
    door.take("amal")
    clock[0] += 600
    door.take("bea")
    assert door._keys == keys
    clock[0] += 100
    door.take("chen")
    assert door._keys[1] == keys[0]
    assert len(door._buckets) == 2


def test_a_key_that_stands_for_many_is_given_so_many_times_as_much(clock: list[float]) -> None:
    door = Limiter("door", per=2, seconds=60)
    assert [door.take("the machine itself", many=3) for _ in range(6)] == [None] * 6
    assert door.take("the machine itself", many=3) == RetryAfter(10)


def test_one_try_given_back_is_one_and_not_all(clock: list[float]) -> None:
    door = Limiter("door", per=3, seconds=60)
    for _ in range(3):
        door.take("amal")
    door.give_back("amal")
    assert door.take("amal") is None
    assert door.take("amal") == RetryAfter(20)


def test_nothing_of_a_key_can_be_read_from_memory(clock: list[float]) -> None:
    door = Limiter("door", per=2, seconds=60)
    assert [count_attempt(door, from_("203.0.113.77")) for _ in range(3)] == [None, None, RetryAfter(30)]
    assert "203.0.113.77" not in repr(vars(door))
    assert all(len(name) == 16 for name in door._buckets)


def test_a_flood_of_addresses_fills_no_memory(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MOST_BUCKETS", 100)
    door = Limiter("door", per=1, seconds=60)
    for n in range(500):
        door.take(str(n))
    assert len(door._buckets) == 100
    assert door.take("499") == RetryAfter(60)


def test_a_household_is_one_sender_and_its_neighbour_another() -> None:
    assert sender_network(from_("2001:db8:0:1::1")) == sender_network(from_("2001:db8:0:ff::9"))
    assert sender_network(from_("2001:db8:0:1::1")) != sender_network(from_("2001:db8:0:100::1"))
    assert sender_network(from_("::ffff:203.0.113.9")) == "203.0.113.9"
    assert sender_network(from_("unknown")) == ""


def test_many_stand_behind_this_machine_and_one_behind_another() -> None:
    assert people_behind(from_("127.0.0.1")) == people_behind(from_("unknown")) == rate_limits.MANY_BEHIND_ONE
    assert people_behind(from_("203.0.113.9")) == 1


def test_the_proxys_word_counts_only_behind_our_proxy(settings: Any) -> None:
    told = from_("192.0.2.1", said="198.51.100.1, 203.0.113.5")
    settings.HTTPS = False
    assert sender_network(told) == "192.0.2.1"
    settings.HTTPS = True
    assert sender_network(told) == "203.0.113.5"


def test_the_page_says_how_long_to_wait() -> None:
    answer = RetryAfter(90).answer(from_("203.0.113.9"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "90")
    assert "Wait 2 minutes" in answer.content.decode()
    assert (RetryAfter(60).minutes, RetryAfter(61).minutes) == (1, 2)
    assert "Wait 1 minute," in RetryAfter(1).answer(from_("203.0.113.9")).content.decode()


def test_everybody_can_be_forgotten_at_once() -> None:
    gc.collect()
    door = Limiter("door", per=1, seconds=60)
    door.take("amal")
    rate_limits.empty_limiters()
    assert door.take("amal") is None


def test_processes_share_an_allowance_in_equal_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = Limiter("window", per=9, seconds=60)
    monkeypatch.setattr(rate_limits, "_processes", 1)
    rate_limits.divide_allowances_among(4)
    assert [limiter.take("amal") is None for _ in range(3)] == [True, True, False]
    limiter.give_back("amal")
    assert limiter.take("amal") is None
    few = Limiter("door", per=2, seconds=60)
    assert few.take("amal") is None
    assert few.take("amal") is not None
