"""Run by itself on a folder of its own: forty people vote at once, and each of ten cards is spent by two at once."""

import json
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any


def together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Do all of them in threads that begin in the same moment, and give what each gave."""
    from django.db import connections

    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def do(place: int) -> None:
        gate.wait()
        try:
            results[place] = jobs[place]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[place]) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def main() -> None:
    import django

    django.setup()
    from massline.cli.first_start import prepare_databases

    prepare_databases(lambda _: None)
    from massline.square.conversations import actions
    from massline.square.conversations.access_codes import actions as access_code_actions
    from massline.square.conversations.models import Code, Value, Vote
    from massline.square.conversations.trust_levels import Level
    from massline.square.conversations.voting.blank_ballots import Blank
    from massline.square.conversations.voting.vote_batch_writer import SentAnswer, VoteOutcome, save_votes
    from massline.square.conversations.voting.write_queue import VoteWriter
    from massline.square.organisations.models import PublicOrganisation

    face = PublicOrganisation.objects.create(slug="riverside", name="Riverside", sentence="Tenants.")
    talk = actions.open_conversation(
        organisation=face, question="What first?", seeds=["One.", "Two.", "Three."]
    )
    commits: list[int] = []

    def counting(casts: Sequence[SentAnswer]) -> list[VoteOutcome | Exception]:
        commits.append(len(casts))
        return save_votes(casts)

    writer = VoteWriter(counting)

    def votes(person: int) -> Callable[[], list[VoteOutcome]]:
        return lambda: [
            writer.cast(
                SentAnswer("riverside", talk.slug, talk.pk, f"person {person}", number, Value.AGREE, None)
            )
            for number in range(3)
        ]

    outcomes = [outcome for given in together([votes(person) for person in range(40)]) for outcome in given]
    made = access_code_actions.create_batch(conversation=talk, level=Level.CARD, name="Hat", most=10)

    def spend(card: str, who: str) -> Callable[[], Any]:
        return lambda: access_code_actions.redeem_code(talk, typed=card, token=who, nonce=who)

    tried = [
        came
        for card in made.codes
        for came in together([spend(card, f"{card} one"), spend(card, f"{card} two")])
    ]
    found = {
        "thanked": sum(outcome is VoteOutcome.KEPT for outcome in outcomes),
        "kept": Vote.objects.count(),
        "commits": len(commits),
        "came_in": sum(isinstance(came, Blank) for came in tried),
        "cards": Code.objects.filter(left=0).count(),
        "refused": sum(came is access_code_actions.CodeRefusal.USED for came in tried),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
