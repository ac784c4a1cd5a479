"""Rate limits of the API by key, and of wrong keys by sender. Counted in memory; no address and no key is stored."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from massline.desk.api.models import ApiKey
from massline.web.rate_limits import Limiter, RetryAfter, count_attempt

A_MINUTE = 120
KEY_LIMIT = Limiter("API, by key", per=A_MINUTE, seconds=60)
WRONG_KEY_LIMIT = Limiter("API, wrong key, by sender", per=60, seconds=600)


class TooManyRequests(Exception):
    """The limit is reached; `wait` holds the time to the next request."""

    def __init__(self, wait: RetryAfter) -> None:
        super().__init__(f"wait {wait.seconds} seconds")
        self.wait = wait


def count_request(key: ApiKey) -> None:
    """Count one request against its key. Raises TooManyRequests."""
    if wait := KEY_LIMIT.take(str(key.pk)):
        raise TooManyRequests(wait)


def count_wrong_key(request: HttpRequest) -> None:
    """Count a wrong key against its sender. Raises TooManyRequests."""
    if wait := count_attempt(WRONG_KEY_LIMIT, request):
        raise TooManyRequests(wait)


def too_often_response(
    request: HttpRequest, refused: TooManyRequests | type[TooManyRequests]
) -> HttpResponse:
    """Answer 429 with the seconds to wait. Nothing of the request was stored."""
    assert isinstance(refused, TooManyRequests)
    wait = refused.wait.seconds
    sentence = (
        f"Too many requests. Nothing was kept. Ask again in {wait} s; {A_MINUTE} a minute are answered."
    )
    return JsonResponse({"detail": sentence, "seconds": wait}, status=429, headers={"Retry-After": str(wait)})
