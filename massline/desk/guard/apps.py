from typing import Any

from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "massline.desk.guard"
    label = "guard"

    def ready(self) -> None:
        from massline.desk.people.signals import row_changed

        row_changed.connect(_write_down, dispatch_uid="audit")


def _write_down(sender: type, *, organisation: Any, by: Any, verb: str, subject: object, **_: Any) -> None:
    """Write an audit line for an act of the people stage, which cannot import the audit chain."""
    from massline.desk.guard.audit import chain

    chain.append_line(organisation, by, verb, subject)
