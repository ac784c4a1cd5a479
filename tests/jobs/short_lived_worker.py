"""A worker to be killed: it works on the database in MASSLINE_DATA and says each effect before it is committed.

python -m tests.jobs.short_lived_worker prepare 40
python -m tests.jobs.short_lived_worker work
"""

import sys

import django


def effect(number: int) -> None:
    from massline.square.organisations.models import PublicOrganisation

    PublicOrganisation.objects.create(slug=f"{number}-{PublicOrganisation.objects.count()}", name=f"{number}")
    print(number, flush=True)


def main(what: str, count: int = 0) -> None:
    django.setup()
    from django.core.management import call_command

    from massline.jobs.models import enqueue
    from massline.jobs.registry import verb
    from massline.jobs.worker import do_all

    verb("test.effect")(effect)
    if what == "prepare":
        call_command("migrate", database="square", verbosity=0)
        for number in range(count):
            enqueue("test.effect", using="square", number=number)
    else:
        do_all("square")


if __name__ == "__main__":
    main(sys.argv[1], *[int(argument) for argument in sys.argv[2:]])
