"""Growth of a programme: people served, people who ran it, and how many of these first came to be served."""

from dataclasses import dataclass

from massline.desk.act.mutual_aid.models import Programme, Session


@dataclass(frozen=True)
class ProgrammeGrowth:
    """Sums over the counted sessions. Somebody who came twice counts twice."""

    sessions: int
    served: int
    ran: int
    ran_once_served: int

    @property
    def share(self) -> float | None:
        """Share of those who ran it that first came because they needed it; None if nobody ran it."""
        return self.ran_once_served / self.ran if self.ran else None


def count_growth(programme: Programme) -> ProgrammeGrowth:
    sessions = list(Session.objects.filter(programme=programme).exclude(served=None))
    return ProgrammeGrowth(
        len(sessions),
        sum(session.served or 0 for session in sessions),
        sum(session.ran or 0 for session in sessions),
        sum(session.ran_once_served or 0 for session in sessions),
    )
