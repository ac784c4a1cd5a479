"""What a compartment lives through in the room of decisions, with words of its own in every text."""

from massline.desk.decide import actions as decide
from massline.desk.decide.actions.line import draw_line
from massline.desk.decide.models import Demand
from tests.guard.compartments import Compartment


def decide_more(home: Compartment, demand: Demand) -> None:
    """Everything beside demand and decision: lines let go, the line, and what comes after it."""
    kept = home.marks.kept
    gone = decide.add_principle(organisation=home.organisation, text=f"No letters {kept}", by=home.organiser)
    decide.retire_principle(principle=gone, because=f"We write {kept}", by=home.organiser)
    home.rows |= {"line": draw_line(home.organisation).pk}
