"""Samples for the living page of parts: what each part needs to be drawn, in each of its states."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from massline.desk.home.setup_steps import SetupProgress, SetupStep
from massline.desk.home.today import AssignedTodo, TodoGroup
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.web.charts.sparklines import draw_spark_bars

SAID = "It has been cold in our flat since October, and the lift stands still."


class SampleForm(forms.Form):
    """One field of each kind; a form that is bound to nothing shows each of them refused."""

    line = forms.CharField(label="A line", help_text="Block B, second floor")
    text = forms.CharField(label="A text", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}))
    choice = forms.ChoiceField(label="One of many", choices=[("a", "Block A"), ("b", "Block B")])
    few = forms.ChoiceField(
        label="One of few", choices=[("a", "Block A"), ("b", "Block B")], widget=forms.RadioSelect
    )
    tick = forms.BooleanField(label="Yes or no", required=False)


@dataclass(frozen=True)
class SampleShare:
    account: Any
    given: int
    done: int


def sample_context(*, refused: bool) -> dict[str, Any]:
    """Return what the living page draws its parts from; `refused` shows the form with an error at each field."""
    today = timezone.localdate()
    return {
        "form": SampleForm({} if refused else None, auto_id="sample_%s"),
        "refused": refused,
        "now": TodoGroup(Urgency.TONIGHT, "Before tonight is out", [_need("now")]),
        "week": TodoGroup(Urgency.WEEK, "This week", [_need("week"), _need("given", given_by="Amal")]),
        "later_days": [(days, today + timedelta(days=days)) for days in (1, 3, 7)],
        "others": [SimpleNamespace(pk=0, name="Bea")],
        "changes": [AssignedTodo(_change(today))],
        "first": _first(),
        "share_text": SimpleNamespace(
            channel="sms",
            name="Text message",
            is_message=True,
            text=SimpleNamespace(text=SAID, characters=70, encoding="GSM-7", segments=1),
        ),
        "words": SimpleNamespace(language="en", slogan="Heat for all!"),
        "answers": [SimpleNamespace(question="Who pays if we lose?", language="en", text="Nobody alone.")],
        "shares": [
            SampleShare(SimpleNamespace(name="Amal"), 12, 2),
            SampleShare(SimpleNamespace(name="Bea"), 12, 12),
        ],
        "coming": 9,
        "table": _table(),
        "claims": [None],
        "sum_up": SimpleNamespace(pk=0, written_by="Amal", signed_by="Bea", is_signed=False),
        "missing": [],
        "counts": SimpleNamespace(without=4, overdue=1, soon=7, later=12, want_none=2),
        "said": SAID,
    }


def _need(name: str, *, given_by: str = "") -> AssignedTodo:
    item = TodoItem(
        name, "Twelve sign-ups wait to be opened", "The oldest has waited 3 days.", "Open them", "#"
    )
    return AssignedTodo(item, given_by)


def _change(today: date) -> TodoItem:
    chart = draw_spark_bars(
        [1, 0, 2, 1, None, 1, 2, 5, 8],
        new_from=7,
        first="23 Nov",
        last="1 Dec",
        title="Heating failures",
        desc="More than usual since Monday.",
        id="sample-spark",
    )
    return TodoItem(
        "changed",
        "More heating failures than usual",
        "8 yesterday; usual is 1 or 2.",
        "Look at them",
        "#",
        urgency=Urgency.CHANGED,
        since="Monday",
        chart=chart,
    )


def _first() -> SetupProgress:
    steps = [
        SetupStep("named", "Name your group", "Riverside Tenants", "", "", is_done=True),
        SetupStep(
            "question",
            "Ask one question",
            "It takes three minutes.",
            "Write the question",
            "#",
            is_done=False,
        ),
        SetupStep(
            "shared", "Share it", "A poster and a short address.", "Share the question", "#", is_done=False
        ),
    ]
    return SetupProgress(steps, steps[1])


def _table() -> Any:
    """A table of slips with one slip placed and one left, and a finding whose number does not match."""
    quote = SimpleNamespace(pk=0, text=SAID, origin="Block B, at the door")
    claim = SimpleNamespace(pk=0, text="Most flats are cold.", minority=True, machine="", numbers_because="")
    tray = SimpleNamespace(number=1, claim=claim, quotes=[quote], wrong=["No number in the data is 90%."])
    slip = SimpleNamespace(
        name="v1",
        text=SAID,
        bar="",
        source="Block B",
        may_point_at_somebody=True,
        trays=[],
        is_left_out=False,
    )
    placed = SimpleNamespace(**{**vars(slip), "name": "v2", "trays": [1]})
    return SimpleNamespace(
        show="",
        left=1,
        total=2,
        placed=1,
        views=[SimpleNamespace(query="show=", title="On the table", is_here=True)],
        slips=[slip, placed],
        trays=[tray],
        query="",
        previous_page="",
        next_page="show=2",
        numbers_wrong=1,
        first_wrong=0,
    )
