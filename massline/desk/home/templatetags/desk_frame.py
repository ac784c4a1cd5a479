"""The tag that draws the head of every page of the desk."""

from typing import Any

from django import template
from django.template import RequestContext

from massline.desk.home.frame import frame_page

register = template.Library()


@register.inclusion_tag("desk_home/parts/frame.html", takes_context=True)
def desk_frame(context: RequestContext) -> dict[str, Any]:
    """Draw strip and mast; for a page outside every organisation the name of the software alone."""
    request = context.get("request")
    framed = frame_page(request) if getattr(request, "organisation", None) else None
    return {"frame": framed, "request": request, "csrf_token": context.get("csrf_token")}
