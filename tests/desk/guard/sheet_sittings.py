"""Two keepers at a sitting: they start, join by the code, see their words and prove them, through the pages."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from massline.desk.guard.keys import key_holders
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.parts import part

TOGETHER = "/harbour/guard/paper/together/"


def make_organiser(name: str, organisation: Organisation, by: Account, *, days_ago: int = 0) -> Account:
    account = Account.objects.create_user(name, PASSPHRASE)
    key_holders.ensure_account_key(account, PASSPHRASE)
    member = Membership.objects.create(account=account, organisation=organisation, role=2, let_in_by=by)
    Membership.objects.filter(pk=member.pk).update(since=timezone.localdate() - timedelta(days=days_ago))
    return account


def start_sitting(door: DoorClient, size: int = 2) -> str:
    door.post(f"{TOGETHER}start/", {"size": size})
    return part(door.get(TOGETHER), "join-code")


def see_words(door: DoorClient) -> list[str]:
    page = door.post(f"{TOGETHER}words/").content.decode()
    listed = page.partition('data-part="words"')[2].partition("</ol>")[0]
    return re.findall(r"<li>(\w+)</li>", listed)


def asked_places(door: DoorClient) -> list[int]:
    return [int(place) for place in re.findall(r'name="word_(\d+)"', door.get(TOGETHER).content.decode())]


def prove(door: DoorClient, words: list[str]) -> Any:
    typed = {f"word_{place}": words[place - 1] for place in asked_places(door)}
    return door.post(f"{TOGETHER}prove/", typed, follow=True)


def sit_down(dina: Account, omar: Account, harbour: Organisation) -> tuple[DoorClient, DoorClient]:
    """Bring both together: dina starts, omar types the code that she reads aloud."""
    first, second = unlocked(dina, harbour), at_desk(omar)
    second.post(f"{TOGETHER}join/", {"code": start_sitting(first)})
    return first, second


def make_sheets(dina: Account, omar: Account, harbour: Organisation) -> tuple[list[str], list[str]]:
    first, second = sit_down(dina, omar, harbour)
    words = see_words(first), see_words(second)
    prove(first, words[0])
    prove(second, words[1])
    return words
