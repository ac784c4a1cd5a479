from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "massline.desk.people"
    label = "people"

    def ready(self) -> None:
        post_migrate.connect(_raise_wall, sender=self, dispatch_uid="wall")


def _raise_wall(sender: AppConfig, *, using: str, **_: Any) -> None:
    """Whenever tables were made or changed, the wall follows; `massline prepare` raises it too."""
    if using == "desk":
        from massline.desk.people.row_security.policies import raise_wall

        raise_wall(using)
