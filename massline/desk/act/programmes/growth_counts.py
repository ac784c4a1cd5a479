"""How a programme grows: how many were served, how many ran it, and how many of these first came to be served."""

from dataclasses import dataclass

from massline.desk.act.programmes.models import Programme, Session


@dataclass(frozen=True)
class Grown:
    """Sums over the sessions that were counted; deeds, so somebody who came twice is in them twice."""

    sessions: int
    served: int
    ran: int
    ran_once_served: int

    @property
    def share(self) -> float | None:
        """Of those who ran it, the part that first came because they needed it; None where nobody ran it."""
        return self.ran_once_served / self.ran if self.ran else None


def grown(programme: Programme) -> Grown:
    counted = list(Session.objects.filter(programme=programme).exclude(served=None))
    return Grown(
        len(counted),
        sum(one.served or 0 for one in counted),
        sum(one.ran or 0 for one in counted),
        sum(one.ran_once_served or 0 for one in counted),
    )
