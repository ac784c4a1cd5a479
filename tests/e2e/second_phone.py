"""A program: print the session of somebody of the demonstration, as the login on their own phone would leave it.

python -m tests.e2e.second_phone NAME    in the folder that MASSLINE_DATA names
"""

import sys

from massline.cli.django_setup import setup_django


def main(name: str) -> None:
    setup_django("desk")
    from massline.desk.people.models import Account
    from massline.desk.people.scope import scope_to_everything
    from tests.conftest import at_desk

    with scope_to_everything("a login on a second phone"):
        (cookie,) = at_desk(Account.objects.get(name=name)).cookies.values()
    print(cookie.value)


if __name__ == "__main__":
    main(sys.argv[1])
