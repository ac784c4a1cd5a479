"""How often one key may ask, and one sender try keys. Counted in memory; no address and no key is kept."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from massline.desk.api.models import ApiKey
from massline.web.rate_limits import Limiter, Wait, take_for

A_MINUTE = 120
KEY = Limiter("API, by key", per=A_MINUTE, seconds=60)
WRONG_KEY_SENDER = Limiter("API, wrong key, by sender", per=60, seconds=600)


class TooOften(Exception):
    """Not now; `wait` says when."""

    def __init__(self, wait: Wait) -> None:
        super().__init__(f"wait {wait.seconds} seconds")
        self.wait = wait


def count(key: ApiKey) -> None:
    """Count one request against its key."""
    if wait := KEY.take(str(key.pk)):
        raise TooOften(wait)


def count_wrong(request: HttpRequest) -> None:
    """Count a word that opens nothing against whoever sent it."""
    if wait := take_for(WRONG_KEY_SENDER, request):
        raise TooOften(wait)


def refuse(request: HttpRequest, refused: TooOften | type[TooOften]) -> HttpResponse:
    """Say in words and in seconds how long to wait. What was sent was not kept."""
    assert isinstance(refused, TooOften)
    wait = refused.wait.seconds
    said = f"Too many requests. Nothing was kept. Ask again in {wait} s; {A_MINUTE} a minute are answered."
    return JsonResponse({"detail": said, "seconds": wait}, status=429, headers={"Retry-After": str(wait)})
