"""Rate limits of the public forms, by address."""

from django.http import HttpRequest

from massline.web.rate_limits import Limiter, count_attempt

TEN_MINUTES = 600


class Limit:
    """At most so many in ten minutes from one address."""

    def __init__(self, name: str, most: int) -> None:
        self.most = most
        self.limiter = Limiter(name, per=most, seconds=TEN_MINUTES)

    def reset(self) -> None:
        self.limiter.forget()

    def allows(self, request: HttpRequest) -> bool:
        """Count this request; False where its address has sent too many."""
        return count_attempt(self.limiter, request) is None


# A full hall of a thousand may come from one address within minutes: these stop a machine, never a neighbourhood.
sign_ups = Limit("sign-ups", 1_200)
words = Limit("words", 600)
votes = Limit("votes", 6_000)
# Who opens a poster's address over and over is shown the call, and counted no further.
openings = Limit("openings", 60)
# Wrong codes alone are counted. At this pace one address would guess for longer than anybody lives.
codes = Limit("codes", 60)
