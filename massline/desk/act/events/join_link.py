"""The link to the online room of an event, which those who have a place get and nobody else."""

from django.db import models

from massline.core.expiry import ExpiresAfter
from massline.core.sealed_columns import Sealed
from massline.desk.guard.keys.server_seal import open_with_server, seal_with_server
from massline.desk.people.scope import ScopedManager

KEPT_DAYS = 14  # as long as sign-ups are


class JoinLink(models.Model):
    """The link of one event, encrypted with the desk's own secret. Its version rises with each change."""

    lives = ExpiresAfter(since="event__ends_at", days=KEPT_DAYS)
    sealed_columns = (Sealed("sealed", by="server"),)

    event = models.OneToOneField("act.Event", on_delete=models.CASCADE, related_name="join_link")
    sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ScopedManager("event__organisation")

    def __str__(self) -> str:
        return f"link {self.version}"

    @property
    def address(self) -> str:
        """The link; empty where none is set, or where the desk's secret has changed since."""
        return open_with_server(bytes(self.sealed), self._binding) if self.sealed else ""

    def set_address(self, address: str) -> None:
        """Set the link as the next version; saving is left to the caller."""
        self.sealed = seal_with_server(address, self._binding) if address else None
        self.version += 1

    @property
    def _binding(self) -> str:
        return f"join link {self.event.uuid.hex}"
