"""`migrate` with the same eye for changes as our `makemigrations`."""

from django.core.management.commands import migrate

from massline.web.management.commands.makemigrations import TableAutodetector


class Command(migrate.Command):
    autodetector = TableAutodetector
