"""Large conversations in the product: pages, and a new vote into a fresh map, as the doors and the worker do it.

Votes are drawn with a fixed seed and written straight into a database under build/, where they are found again. What is
measured is the processor time of one process; beside it stands a calibration of the machine, taken before and after.
`python -m bench.large_conversation_latency small middle large` measures some sizes and keeps the results of the others.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine_speed import calibrate
from bench.results_store import FOLDER as FOLDER_OF_RESULTS
from bench.results_store import load_results, store_results

FOLDER = Path(__file__).parents[1] / "build" / "large-square"
SIZES = {
    "small": (1_000, 1_000, 30_000),
    "middle": (10_000, 1_000, 300_000),
    "large": (33_000, 4_000, 1_200_000),
}
TURNS = 9
TOGETHER = 6


def open_database(folder: Path) -> None:
    """Load the square with a database in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MASSLINE_DATA"] = str(folder)
    from massline.cli.django_setup import setup_django

    setup_django("square")
    from massline.cli.first_start import prepare_databases

    prepare_databases(lambda _: None)
    logging.disable(logging.WARNING)


def cpu_ms(act: Callable[[], object], turns: int = TURNS) -> float:
    """Median processor milliseconds."""
    spent = []
    for _ in range(turns):
        start = time.process_time()
        act()
        spent.append((time.process_time() - start) * 1000)
    return round(median(spent), 2)


def measure(people: int, statements: int, votes: int) -> dict[str, Any]:
    """One conversation: reading it, its pages, and the next map after a few new votes."""
    from django.test import Client

    from bench.large_conversation_rows import Size, find_conversation
    from massline.square.conversations.jobs import CACHE, take_snapshot
    from massline.square.conversations.models import Vote

    conversation = find_conversation(Size(people, statements, votes))
    conversation.snapshots.all().delete()
    before, browser = calibrate(), Client(HTTP_HOST="localhost")

    def visit(path: str) -> float:
        browser.get(path)
        return cpu_ms(lambda: browser.get(path))

    CACHE.forget()
    cold = cpu_ms(lambda: take_snapshot(conversation.pk), 1)
    found: dict[str, Any] = {
        "votes": Vote.objects.filter(statement__conversation=conversation).count(),
        "people": people,
        "statements": statements,
        "from_scratch_s": round(cold / 1000, 2),
        "results_ms": visit(conversation.get_results_url()),
        "every_statement_ms": visit(f"{conversation.get_results_url()}all/"),
        "vote_page_ms": visit(conversation.get_absolute_url()),
        "new_votes_ms": time_new_votes(conversation.pk),
    }
    return found | {"calibration_ms": [round(one, 1) for one in (before, calibrate())]}


def time_new_votes(conversation: int) -> float:
    """The worker's job after six new votes, the fewest that an edition takes, each time on another statement."""
    from massline.square.conversations.jobs import take_snapshot
    from massline.square.conversations.models import OpinionSnapshot, Participant, Statement
    from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers

    spent = []
    for statement in Statement.objects.filter(conversation=conversation).order_by("-number")[: TURNS + 1]:
        fresh = Participant.objects.filter(conversation=conversation).exclude(votes__statement=statement)
        answers = [Answer(person.pk, statement.pk, 1) for person in fresh[:TOGETHER]]
        save_answers(answers, conversations=[conversation])
        before = OpinionSnapshot.objects.get(conversation=conversation).pk
        spent.append(cpu_ms(lambda: take_snapshot(conversation), 1))
        if OpinionSnapshot.objects.get(conversation=conversation).pk == before:
            raise RuntimeError("the new votes made no new edition")
    return round(median(spent[1:]), 2)


def main() -> None:
    found = (
        load_results("large_square")["found"] if (FOLDER_OF_RESULTS / "large_square.json").exists() else {}
    )
    open_database(FOLDER)
    for name in sys.argv[1:] or SIZES:
        found[name] = measure(*SIZES[name])
        sys.stdout.write(json.dumps({name: found[name]}) + "\n")
        store_results("large_square", found)


if __name__ == "__main__":
    main()
