"""Who was told what: in whatever order people and organisers act and the worker runs or dies, messages tell what is true.

Square, desk and messages balance: each who comes was welcomed, reminded and thanked once, each who moved up heard it once,
nobody hears of anything after they cancelled, and the last letter names the place that holds.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from massline.desk.act.attendance.sign_up_opener import open_sign_ups
from massline.desk.act.events import actions
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, Occasion
from massline.desk.guard.keys import courier_keys, key_holders
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.event_capacity import TooFewPlaces
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE
from tests.desk.act.mail_server import Post, occasion_of, text_of, worker_looks
from tests.desk.act.sign_up_crowd import counts, dies_after
from tests.trials import Trials

pytestmark = pytest.mark.usefixtures("couriers")

WHO = st.integers(0, 3)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("sign up"), WHO, st.integers(1, 3)),
        st.tuples(st.just("sign up"), WHO, st.integers(1, 3)),
        st.tuples(st.just("cancel"), WHO),
        st.tuples(st.just("limit"), st.one_of(st.none(), st.integers(1, 5))),
        st.tuples(st.just("move"), st.sampled_from(["The yard", "Town Hall", "Harbour Hall"])),
        st.tuples(st.just("call off")),
        st.tuples(st.just("collect")),
        st.tuples(st.just("worker")),
        st.tuples(st.just("worker dies"), st.integers(0, 2)),
    ),
    min_size=3,
    max_size=12,
)

CALLED_OFF_BEFORE_THE_WELCOME: list[tuple[object, ...]] = [("sign up", 3, 1), ("call off",), ("worker",)]
MOVED_UP_BY_A_WORKER_THAT_DIED: list[tuple[object, ...]] = [
    ("limit", 2), ("sign up", 0, 2), ("sign up", 1, 1), ("worker",), ("cancel", 0), ("worker dies", 0), ("move", "The yard"),
]  # fmt: skip


class Undone(Exception):
    """Takes back what one example did."""


@dataclass
class Town:
    """An event, the people who sign up for it, and what was true of them at some time."""

    event: Event
    organisation: Organisation
    vault: Vault
    by: Account
    post: Post
    clock: time_machine.Traveller
    forms: dict[int, Envelope] = field(default_factory=dict)
    ever_promoted: set[int] = field(default_factory=set)
    heard_before: dict[int, int] = field(default_factory=dict)

    def do(self, deed: tuple[object, ...]) -> None:
        match deed:
            case ("sign up", int(who), int(people)) if not self.event.cancelled:
                self.sign_up(who, people)
            case ("cancel", int(who)) if who in self.forms and not self._row(who).is_cancelled:
                envelopes.cancel_envelope(self._row(who))
                self.heard_before[who] = len(self.letters(who))
            case ("limit", limit):
                assert limit is None or isinstance(limit, int)
                envelopes.set_capacity_and_admit_waiting(
                    organisation=self.face, about=self.event.uuid, limit=limit
                )
            case ("move", str(place)) if not self.event.cancelled:
                facts = replace(self.event.facts, place=place)
                actions.change_event(event=self.event, by=self.by, facts=facts)
            case ("call off",) if not self.event.cancelled:
                actions.cancel_event(event=self.event, by=self.by, reason="The hall burned down.")
            case ("collect",):
                open_sign_ups(organisation=self.organisation, vault=self.vault, by=None)
                counts(self.event)
            case ("worker",):
                worker_looks()
            case ("worker dies", int(letters)):
                with suppress(pytest.fail.Exception):  # it had nothing more to send
                    dies_after(self.post, len(self.post.raw) + letters, worker_looks)
        self.ever_promoted |= {who for who in self.forms if self._row(who).moved_up}
        self.clock.shift(timedelta(minutes=1))

    def sign_up(self, who: int, people: int) -> None:
        """Send the form; whoever sent it before sends the same form again, and stands again if they had cancelled."""
        contents = {"name": f"N{who}", "contact": address_of(who)}
        with suppress(TooFewPlaces):
            self.forms[who], _secret = envelopes.leave_envelope(
                organisation=self.face,
                about=self.event.uuid,
                contents=contents,
                form_id=f"form {who}",
                happens_on=self.event.ends_at.date(),
                people=people,
            )
        self.heard_before.pop(who, None)

    def run_until_all_is_told(self) -> None:
        """The worker looks now, when what a dead one held is free again, and at each time that has a message."""
        self.do(("collect",))
        start, end = self.event.starts_at, self.event.ends_at
        moments = (start - timedelta(days=1, hours=5), start - timedelta(hours=6), end + timedelta(hours=14))
        for moment in (None, *moments):
            if moment is not None:
                self.clock.move_to(moment)
            for _look in range(2):
                worker_looks()
                self.clock.shift(timedelta(minutes=11))

    def letters(self, who: int) -> list[Any]:
        return self.post.to(address_of(who))

    def _row(self, who: int) -> Envelope:
        return Envelope.objects.get(pk=self.forms[who].pk)

    @property
    def face(self) -> PublicOrganisation:
        return PublicOrganisation.objects.get(uuid=self.organisation.uuid)

    def check(self) -> None:
        said = [str(letter["Message-ID"]) for letter in self.post.letters]
        assert max(Counter(said).values(), default=1) == 1, "a letter that came twice"
        assert Delivery.objects.filter(state="sent").count() == len(said), "the desk and the letters differ"
        for who in self.forms:
            self._check_person(who)

    def _check_person(self, who: int) -> None:
        row, letters = self._row(who), self.letters(who)
        told = Counter(occasion_of(letter) for letter in letters)
        once = [Occasion.WELCOME, Occasion.DAY_BEFORE, Occasion.SAME_DAY, Occasion.AFTER]
        assert all(told[occasion] <= 1 for occasion in (*once, Occasion.MOVED_UP, Occasion.CANCELLED)), told
        assert not told[Occasion.MOVED_UP] or who in self.ever_promoted, told
        if row.is_cancelled:
            assert len(letters) == self.heard_before[who], "somebody who cancelled heard more"
        elif self.event.cancelled:
            assert told[Occasion.CANCELLED] == 1, told
            assert occasion_of(letters[-1]) == Occasion.CANCELLED, told
            assert not told[Occasion.DAY_BEFORE] + told[Occasion.SAME_DAY] + told[Occasion.AFTER], told
        else:
            assert [told[occasion] for occasion in once] == [1, 1, 1, 1], told
            assert not told[Occasion.CANCELLED], told
            assert told[Occasion.MOVED_UP] == 1 or not row.moved_up, told
            of_place = (Occasion.WELCOME, Occasion.CHANGED)
            newest = [letter for letter in letters if occasion_of(letter) in of_place][-1]
            assert self.event.place in text_of(newest)


def address_of(who: int) -> str:
    return f"n{who}@post.example"


def test_square_desk_and_messages_balance_in_whatever_order(
    event: Event, riverside: Organisation, amal: Account, post: Post, trials: Trials
) -> None:
    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    vault = Vault(riverside.uuid, key.epoch, private)
    begin: datetime = event.starts_at - timedelta(days=3)

    @settings(
        max_examples=trials.of(32),
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(deeds=DEEDS)
    @example(deeds=CALLED_OFF_BEFORE_THE_WELCOME)
    @example(deeds=MOVED_UP_BY_A_WORKER_THAT_DIED)
    def play(deeds: list[tuple[object, ...]]) -> None:
        courier_keys.make_spare_keys()
        post.raw.clear()
        with (
            suppress(Undone),
            time_machine.travel(begin, tick=False) as clock,
            transaction.atomic(using="desk"),
            transaction.atomic(using="square"),
        ):
            town = Town(Event.objects.get(pk=event.pk), riverside, vault, amal, post, clock)
            for deed in deeds:
                town.do(deed)
            town.run_until_all_is_told()
            town.check()
            raise Undone

    play()
