"""First drafts by a language model at an endpoint that the installation configures. Off by default.

Only masked words are sent, and only after an organiser has read the request. The answers are proposals: marked,
without quotation marks, and in need of citations like any claim.
"""

import hashlib
import ipaddress
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.refusal import CodedError
from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.claims.report_back import shown_statements_of_round
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.masking.personal_data import masked_text

MOST_VOICES, MOST_STATEMENTS = 80, 40
MOST_SENTENCES, LONGEST = 6, 300
LARGEST_ANSWER = 2**20
TASK = (
    "You help a grassroots organisation to sum up what people said. Below are their words, one a line. Write at most "
    "six plain sentences, one a line, each saying what several of them say together; one of them for a view held by "
    "few. Use no quotation marks, no numbers, no names, and nothing that is not in the words. Answer in the language "
    "of the question."
)
_MARKS = re.compile(r"[\"“”„«»‹›「」『』]")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s*")


class DraftFailed(CodedError):
    """An endpoint without a usable answer; the message says what is safe and what to do."""


@dataclass(frozen=True)
class Endpoint:
    """A configured endpoint: the address up to and including /v1, a model, and a key that may be empty."""

    address: str
    model: str
    key: str
    seconds: int

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def is_this_machine(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_usable(self) -> bool:
        """True if it is complete, and uses https unless it is on this machine."""
        scheme = urlsplit(self.address).scheme
        return bool(self.model and self.host) and (
            scheme == "https" or (scheme == "http" and self.is_this_machine)
        )


def configured_endpoint() -> Endpoint | None:
    """The endpoint of this installation; None if it is not configured or not safe."""
    named = Endpoint(settings.DRAFT_URL, settings.DRAFT_MODEL, settings.DRAFT_KEY, settings.DRAFT_SECONDS)
    return named if named.is_usable else None


def request_body(sum_up: SumUp, *, model: str) -> str:
    """The exact body of the request that would be sent."""
    round_ = sum_up.round
    voices = [masked_text(voice.text, voice.language) for voice in _voices(sum_up)]
    written = [
        masked_text(text.text, text.language) for text in shown_statements_of_round(round_)[:MOST_STATEMENTS]
    ]
    lines = [
        f"Question: {masked_text(round_.question)}",
        "",
        *(" ".join(text.split()) for text in [*voices, *written]),
    ]
    body = {
        "model": model,
        "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": "\n".join(lines)}],
        "temperature": 0,
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def body_digest(body: str) -> str:
    """Digest that identifies a preview, so that only a body somebody has read is sent."""
    return hashlib.sha256(body.encode()).hexdigest()


def _voices(sum_up: SumUp) -> list[Voice]:
    """Quotes of the themes, then the newest voices."""
    snapshot = ThemeSnapshot.objects.filter(round=sum_up.round).order_by("-pk").first()
    names = [name for theme in snapshot.estimate.result.themes for name in theme.quotes] if snapshot else []
    heard = Voice.objects.of_round(sum_up.round)
    quoted = list(heard.filter(uuid__in=[name[1:] for name in names if name[0] == "v"])[:MOST_VOICES])
    known = {voice.pk for voice in quoted}
    newest = [voice for voice in heard[:MOST_VOICES] if voice.pk not in known]
    return [*quoted, *newest][:MOST_VOICES]


def request_draft(where: Endpoint, body: str) -> list[str]:
    """Send the request and return the proposed sentences. Raises DraftFailed with a message for the page."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    request = urllib.request.Request(
        f"{where.address}/chat/completions", data=body.encode(), headers=headers, method="POST"
    )
    try:
        answer = send_request(request, seconds=where.seconds, most_bytes=LARGEST_ANSWER, inner=True)
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise DraftFailed(
                _failed(_("The machine answered with error %(code)d.") % {"code": refusal.code}),
                code="answered-with-error",
            ) from refusal
    except TimeoutError as slow:
        raise DraftFailed(
            _failed(_("The machine did not answer within %(n)d seconds.") % {"n": where.seconds}),
            code="no-answer",
        ) from slow
    except ResponseTooLarge as problem:
        raise DraftFailed(_failed(_("The machine’s answer is not a draft.")), code="no-draft") from problem
    except (OSError, HTTPException, ValueError) as failure:
        raise DraftFailed(_failed(_("The machine can’t be reached.")), code="unreachable") from failure
    return _sentences(answer.body)


def _failed(what: str) -> str:
    safe = _("Your summary is unchanged; no sentence was added or lost.")
    go_on = _("Try again later, or keep writing: you don’t need the machine for anything here.")
    return f"{safe} {what} {go_on}"


def _sentences(answer: bytes) -> list[str]:
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
        lines = content.splitlines()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as broken:
        raise DraftFailed(_failed(_("The machine’s answer is not a draft.")), code="no-draft") from broken
    sentences = [_MARKS.sub("", _BULLET.sub("", line)).strip() for line in lines]
    kept = [line[:LONGEST] for line in sentences if line][:MOST_SENTENCES]
    if not kept:
        raise DraftFailed(_failed(_("The machine’s draft is empty.")), code="empty-draft")
    return kept
