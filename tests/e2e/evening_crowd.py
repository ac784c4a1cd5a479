"""A program: many people sign up for an event through the writer that keeps those of many in one transaction.

python -m tests.e2e.evening_crowd TITLE COUNT    in the folder that MASSLINE_DATA names
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from massline.cli.django_setup import setup_django

AT_ONCE = 16


def main(title: str, count: int) -> None:
    setup_django("square")
    from django.db import connections

    from massline.square.calls.models import PublicEvent
    from massline.square.envelopes.actions import leave_envelope

    event = PublicEvent.objects.select_related("organisation").get(title=title)

    def sign_up(number: int) -> None:
        leave_envelope(
            organisation=event.organisation,
            about=event.uuid,
            contents={"name": f"Yard {number}", "contact": f"yard{number}@example.org"},
            form_id=f"evening {number}",
            happens_on=event.ends_at.date(),
        )
        connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as phones:
        list(phones.map(sign_up, range(count)))
    print(event.pk)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
