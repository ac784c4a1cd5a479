"""Django's template backend, with each context cleared once its page is rendered.

A context refers to itself. Without this, everything a page was rendered from, ten thousand rows and more, would stay in
memory until the garbage collector finds it some requests later, and that request would have to wait.
"""

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context
from django.utils.safestring import SafeString


class ClearedTemplate(Template):
    """A template; every rendering ends with its context taken apart."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        whole = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(whole)
        except TemplateDoesNotExist as problem:
            reraise(problem, self.backend)
        finally:
            whole.dicts.clear()


class ClearedTemplates(DjangoTemplates):
    """The templates of one door."""

    def from_string(self, template_code: str) -> ClearedTemplate:
        return ClearedTemplate(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> ClearedTemplate:
        return ClearedTemplate(super().get_template(template_name).template, self)
