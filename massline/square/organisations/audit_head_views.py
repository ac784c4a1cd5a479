"""The published heads of the audit chains, as lines that can be kept, printed and compared."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from massline.square.organisations.models import PublishedHead

SHOWN = timedelta(days=60)
FOREWORD = """\
# The audit of the organisers' desk is a chain of lines, each covering the one before.
# Below: day, organisation, number of lines, head of the chain. The star covers every chain here together.
# Keep a copy: whoever cuts or rewrites a chain afterwards cannot make it agree with yours.
# To compare: massline doctor --heads FILE
"""


@require_safe
def audit_heads(request: HttpRequest) -> HttpResponse:
    heads = PublishedHead.objects.filter(day__gt=timezone.localdate() - SHOWN).select_related("organisation")
    body = FOREWORD + "".join(f"{head}\n" for head in heads)
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
