"""Two people change one event in any order, each with a page that may be old: what nobody touched is never set back."""

from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massline.desk.act.events.models import Event
from massline.desk.people.models import Account
from massline.square.calls.models import PublicEvent
from tests.conftest import DoorClient, at_desk
from tests.open_forms import Values, open_form
from tests.parts import shows

FIELDS = ("title", "place", "about")
WORDS = st.sampled_from(["The hall", "The yard", "Under the bridge", "At ours"])
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.integers(0, 1)),
        st.tuples(
            st.just("send"), st.integers(0, 1), st.dictionaries(st.sampled_from(FIELDS), WORDS, min_size=1)
        ),
    ),
    min_size=3,
    max_size=9,
)


@dataclass
class Editor:
    """Somebody with a page open, and what the row held when they opened it."""

    door: DoorClient
    form: Values = field(default_factory=dict)
    saw: dict[str, str] = field(default_factory=dict)


class Undone(Exception):
    """Takes back what one example did."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_two_editors_send_in_whatever_order(
    event: Event, amal: Account, bea: Account, deeds: list[tuple[object, ...]]
) -> None:
    editors = [Editor(at_desk(amal)), Editor(at_desk(bea))]
    address = f"/riverside/act/{event.pk}/change/"
    try:
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            for editor in editors:
                look(editor, address, event)
            for deed in deeds:
                play(editors, address, event, deed)
            raise Undone
    except Undone:
        return


def play(editors: list[Editor], address: str, event: Event, deed: tuple[object, ...]) -> None:
    match deed:
        case ("open", int(who)):
            look(editors[who], address, event)
        case ("send", int(who), dict(touched)):
            send(editors[who], address, event, touched)


def look(editor: Editor, address: str, event: Event) -> None:
    editor.form = open_form(editor.door.get(address).content.decode(), "place")
    editor.saw = stored(event)


def stored(event: Event) -> dict[str, str]:
    event.refresh_from_db()
    return {name: getattr(event, name) for name in FIELDS}


def send(editor: Editor, address: str, event: Event, touched: dict[str, str]) -> None:
    """Send what was touched; hold the row and the public page against what may come of it."""
    before = stored(event)
    answer = editor.door.post(
        address, editor.form | {name: [words] for name, words in touched.items()}, follow=True
    )
    after, public = stored(event), PublicEvent.objects.get(uuid=event.uuid)
    collides = {
        name
        for name, words in touched.items()
        if words != editor.saw[name] and before[name] not in (editor.saw[name], words)
    }
    if collides:
        assert shows(answer, "changed-meanwhile")
        assert after == before
    else:
        meant = {name: words for name, words in touched.items() if words != editor.saw[name]}
        assert after == before | meant
    assert {name: getattr(public, name) for name in FIELDS} == after
    look(editor, address, event)
