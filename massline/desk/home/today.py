"""The page Today: what has changed, then what needs this account, grouped by when; what was put off or given away is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.home.models import PutOff
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.home.todo_list import list_todos
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.sumup.questions.open_questions import (
    OpenQuestion,
    list_open_questions,
    list_recent_questions,
    load_wordings,
)

ASKED_SHOWN = 3
# Items of a group that stand open before the others are folded.
SHOWN_OF = {Urgency.TONIGHT: 6, Urgency.WEEK: 2, Urgency.LATER: 20}
GIVEN_FOR = timedelta(days=7)
LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class AssignedTodo:
    """An item with who gave it to this account, if somebody did."""

    item: TodoItem
    given_by: str = ""


@dataclass(frozen=True)
class TodoGroup:
    """Items that are due at the same time."""

    urgency: Urgency
    title: str
    needs: list[AssignedTodo]

    @property
    def is_now(self) -> bool:
        return self.urgency == Urgency.TONIGHT

    @property
    def is_folded(self) -> bool:
        return self.urgency == Urgency.LATER

    @property
    def first(self) -> list[AssignedTodo]:
        """The most urgent few; a single one more is shown with them."""
        return self.needs[: self._shown]

    @property
    def rest(self) -> list[AssignedTodo]:
        return self.needs[self._shown :]

    @property
    def _shown(self) -> int:
        most = SHOWN_OF[self.urgency]
        return most if len(self.needs) > most + 1 else most + 1


class Today:
    """Everything the page shows to one member."""

    def __init__(
        self,
        organisation: Organisation,
        account: Account,
        role: Role,
        *,
        said_elsewhere: Iterable[str] = (),
    ) -> None:
        """Items whose address is in `said_elsewhere` are left out: another part of the page leads there."""
        self.organisation = organisation
        self.questions = list_open_questions(organisation)
        items = list_todos(organisation, account, questions=self.questions)
        mine = {item.key: item for item in items if item.need <= role}
        rows = PutOff.objects.filter(organisation=organisation, until__gt=timezone.localdate())
        marks = list(rows.select_related("account"))
        given = {mark.item: mark.account.name for mark in marks if mark.given_to_id == account.pk}
        away = {mark.item for mark in marks if mark.account_id == account.pk} - given.keys()
        self._needs = [
            AssignedTodo(item, given.get(key, ""))
            for key, item in mine.items()
            if key not in away and (key in given or item.url not in said_elsewhere)
        ]
        self.put_off = len(away & mine.keys())

    @cached_property
    def asked(self) -> list[OpenQuestion]:
        """What people ask today: of today and yesterday, those about the next hours first."""
        return list(load_wordings(list_recent_questions(self.questions)[:ASKED_SHOWN], near=0))

    @property
    def changes(self) -> list[AssignedTodo]:
        return [need for need in self._needs if need.item.urgency == Urgency.CHANGED]

    @property
    def groups(self) -> list[TodoGroup]:
        titles = {
            Urgency.TONIGHT: _("Before tonight is out"),
            Urgency.WEEK: _("This week"),
            Urgency.LATER: _("When there’s time"),
        }
        groups = [
            TodoGroup(urgency, title, [need for need in self._needs if need.item.urgency == urgency])
            for urgency, title in titles.items()
        ]
        return [group for group in groups if group.needs]

    @property
    def count(self) -> int:
        return sum(len(group.needs) for group in self.groups)


def organisers_besides(organisation: Organisation, account: Account) -> list[Account]:
    """Everybody to whom an item can be given."""
    members = Membership.objects.live().filter(organisation=organisation, role__gte=Role.ORGANISER)
    return [
        member.account
        for member in members.exclude(account=account).select_related("account").order_by("account__name")
    ]


def later_days(today: date) -> Iterable[date]:
    """Days offered for putting off: tomorrow, and in half a week."""
    return (today + timedelta(days=1), today + timedelta(days=4))


def put_off_todo(*, organisation: Organisation, account: Account, item: str, until: date) -> None:
    """Leave an item out of this account's Today before a day, at most a month away."""
    latest = timezone.localdate() + LONGEST
    _mark(organisation, account, item, until=min(until, latest), given_to=None)


def give_todo(*, organisation: Organisation, account: Account, item: str, to: Account) -> None:
    """Show an item to another organiser as given by this account, and leave it out of this account's for a week."""
    _mark(organisation, account, item, until=timezone.localdate() + GIVEN_FOR, given_to=to)


def bring_back_todos(*, organisation: Organisation, account: Account) -> None:
    """Bring back everything that this account put off or gave away."""
    PutOff.objects.filter(organisation=organisation, account=account).delete()


def _mark(
    organisation: Organisation, account: Account, item: str, *, until: date, given_to: Account | None
) -> None:
    PutOff.objects.update_or_create(
        organisation=organisation,
        account=account,
        item=item,
        defaults={"until": until, "given_to": given_to},
    )
