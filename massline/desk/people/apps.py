from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "massline.desk.people"
    label = "people"

    def ready(self) -> None:
        from massline.desk.people import job_scope  # noqa: F401 (opens the organisation that a job is about)

        post_migrate.connect(_apply_policies, sender=self, dispatch_uid="wall")


def _apply_policies(sender: AppConfig, *, using: str, **_: Any) -> None:
    """Apply row-level security after every migration of the desk; `massline prepare` does so too."""
    if using == "desk":
        from massline.desk.people.row_security.policies import apply_policies

        apply_policies(using)
