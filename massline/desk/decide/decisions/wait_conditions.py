"""What a decision to wait is waiting for: numbers of “is it time?” that the house watches."""

from dataclasses import dataclass

from massline.desk.decide.assessments.prefilled_facts import Fact, gather_facts
from massline.desk.decide.decisions.models import Decision, WaitSign
from massline.desk.people.models import Organisation


@dataclass(frozen=True)
class WaitConditionState:
    """A watched number as it is today; `value` is None where it cannot be told any more."""

    sign: WaitSign
    value: float | None
    url: str

    @property
    def has_come(self) -> bool:
        return self.value is not None and self.value >= self.sign.at_least


def list_watchable_facts(organisation: Organisation) -> list[Fact]:
    """The facts that have a number of which more can be waited for."""
    return [fact for fact in gather_facts(organisation) if fact.value is not None and fact.label]


def add_wait_condition(decision: Decision, *, key: str, at_least: float) -> WaitSign | None:
    """Watch a number; None where the organisation has no such fact."""
    fact = next((fact for fact in list_watchable_facts(decision.organisation) if fact.key == key), None)
    if fact is None:
        return None
    return WaitSign.objects.create(decision=decision, key=key, label=fact.label[:200], at_least=at_least)


def list_wait_conditions(organisation: Organisation) -> list[WaitConditionState]:
    """The signs that decisions still wait for. Facts are gathered only where there is one."""
    signs = WaitSign.objects.filter(
        decision__organisation=organisation, decision__waits=True, decision__taken_up_on=None
    ).select_related("decision")
    waiting = list(signs)
    facts = {fact.key: fact for fact in list_watchable_facts(organisation)} if waiting else {}
    return [
        WaitConditionState(sign, fact.value if fact else None, fact.url if fact else "")
        for sign in waiting
        for fact in [facts.get(sign.key)]
    ]
