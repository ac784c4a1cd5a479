"""Rate limits of the public forms, by address."""

from django.http import HttpRequest

from massline.web.rate_limits import Limiter, RetryAfter, count_attempt, people_behind, sender_network

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
        return self.wait_of(request) is None

    def wait_of(self, request: HttpRequest) -> RetryAfter | None:
        """Count this request; None where it may go on, else how long its address has to wait."""
        return count_attempt(self.limiter, request)


# A full hall of a thousand may come from one address within minutes: these stop a machine, never a neighbourhood.
sign_ups = Limit("sign-ups", 1_200)
words = Limit("words", 600)
votes = Limit("votes", 6_000)
# Who opens a poster's address over and over is shown the call, and counted no further.
openings = Limit("openings", 60)
# A statement that is not remembered costs the machine a moment to speak.
speech = Limit("statements read aloud", 600)
# A picture to share is drawn once and then kept: a sender who needs more new ones than this is no chat.
pictures = Limit("pictures drawn", 120)
# Whoever answers a conversation for the first time without a card, a code or an invitation, or "did we hear you right?"
# of a report-back: four hundred of a hall come
# in at once, then two a second; a crowd from everywhere, three thousand and then five a second.
newcomers_from_sender = Limiter("newcomers, by conversation and sender", per=400, seconds=200)
newcomers = Limiter("newcomers, by conversation", per=3_000, seconds=TEN_MINUTES)
# Wrong codes alone are counted. At this pace one address would guess for longer than anybody lives.
codes = Limit("codes", 60)


def wait_of_newcomer(request: HttpRequest, about: int | str) -> RetryAfter | None:
    """Count somebody who answers for the first time; None where they may, else how long they wait.

    `about` is the number of a conversation, or "report" and that of a report-back.
    """
    sender = f"{about} {sender_network(request)}"
    return newcomers_from_sender.take(sender, many=people_behind(request)) or newcomers.take(str(about))
