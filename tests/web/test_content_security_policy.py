"""The header of pages that do not change it is built once, and equals the one that django-csp builds for each."""

from typing import Any

from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from massline.web.content_security_policy import ContentSecurityPolicy

HEADER = "Content-Security-Policy"


def policy_of(middleware: type[CSPMiddleware], **changes: Any) -> str:
    answer = HttpResponse("page")
    for name, value in changes.items():
        setattr(answer, name, value)
    filled = middleware(lambda _request: answer)(RequestFactory().get("/"))
    assert isinstance(filled, HttpResponse)
    return str(filled.headers.get(HEADER, ""))


def test_a_page_has_the_header_that_django_csp_gives_it() -> None:
    assert policy_of(ContentSecurityPolicy) == policy_of(CSPMiddleware) != ""


def test_a_page_may_still_change_it_without_changing_the_next() -> None:
    changed = {"_csp_update": {"manifest-src": ["'self'"]}}
    assert policy_of(ContentSecurityPolicy, **changed) == policy_of(CSPMiddleware, **changed)
    assert "manifest-src" in policy_of(ContentSecurityPolicy, **changed)
    assert policy_of(ContentSecurityPolicy, _csp_exempt=True) == ""
    assert "manifest-src" not in policy_of(ContentSecurityPolicy)
