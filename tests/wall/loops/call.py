"""What stands beside a call: another language, who calls with us, how we call, and that somebody opened it."""

from django.utils import timezone

from massline.desk.act.tasks.actions import add_task
from massline.desk.call import actions
from massline.desk.call.models import Call
from massline.desk.call.sponsors import actions as sponsor_actions
from massline.desk.call.translations import actions as version_actions
from massline.desk.call.urgent_calls.models import Debt, UrgentRequest
from massline.square.calls.facts import TranslationFacts
from massline.square.calls.models import PublishedCall
from massline.square.calls.sharing.open_counts import count_opening
from tests.desk.decided_loop import marked
from tests.wall.compartments import Compartment


def call_further(home: Compartment, call: Call, draft: Call) -> None:
    said, kept, by = home.marks.said, home.marks.kept, home.organiser
    for written, mark in ((call, said), (draft, kept)):
        facts = marked(TranslationFacts, home.organisation, mark, language="es")
        version_actions.write_translation(call=written, by=by, facts=facts)
    sponsor_actions.add_named_sponsor(call=call, name=f"Friends {said}", by=by)
    asked, _code = sponsor_actions.invite_sponsor(call=draft, name=f"Others {kept}", by=by)
    waiting, _code = sponsor_actions.invite_sponsor(call=call, name=f"More {kept}", by=by)
    actions.save_call_settings(
        organisation=home.organisation, second_eyes=False, legal_number="", rights=f"Say no {kept}", by=by
    )
    now = timezone.now()
    UrgentRequest.objects.create(call=draft, why=f"Tonight {kept}", version=draft.version, asked_by=by)
    debt = Debt.objects.create(call=call, kind="answers", due_at=now, words=f"They agree {kept}")
    Debt.objects.create(call=call, kind="dissent", due_at=now, paid_at=now, words=f"One {kept}")
    task = add_task(call=draft, what=f"Print flyers {kept}", due_at=now, owner=by, deputy=None, by=by)
    home.rows |= {"debt": debt.pk, "call_task": task.pk}
    count_opening(PublishedCall.objects.get(uuid=call.uuid), "p")
    home.rows |= {"source": "p", "sponsor": waiting.pk, "draft_sponsor": asked.pk}
