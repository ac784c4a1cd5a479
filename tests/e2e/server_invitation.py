"""A program: make an invitation on the server, for an organiser who came in through nobody, and print its secret.

python -m tests.e2e.server_invitation    in the folder that MASSLINE_DATA names
"""

from massline.cli.django_setup import setup_django


def main() -> None:
    setup_django("desk")
    from massline.desk.guard.accounts.invitations import invite_member
    from massline.desk.people.choices import Role
    from massline.desk.people.models import Organisation
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("an invitation made on the server"):
        organisation = Organisation.objects.get(slug="riverside")
        print(invite_member(organisation=organisation, role=Role.ORGANISER, by=None))


if __name__ == "__main__":
    main()
