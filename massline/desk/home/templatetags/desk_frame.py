"""The tags that draw what stands around every page of the desk."""

from typing import Any

from django import template
from django.template import RequestContext

from massline.desk.home.examples import find_example
from massline.desk.home.page_frame import DeskFrame, build_frame

register = template.Library()


@register.inclusion_tag("desk_home/parts/frame.html", takes_context=True)
def desk_frame(context: RequestContext) -> dict[str, Any]:
    """Draw strip and mast; for a page outside every organisation the name of the software alone."""
    return {
        "frame": _frame(context),
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("desk_home/parts/crumb.html", takes_context=True)
def desk_crumb(context: RequestContext) -> dict[str, Any]:
    """Draw the way back from a page to the front page of its room."""
    return {"frame": _frame(context)}


@register.inclusion_tag("desk_home/parts/shelf.html", takes_context=True)
def desk_shelf(context: RequestContext) -> dict[str, Any]:
    """Draw the list of the room's other pages."""
    return {"frame": _frame(context)}


def _frame(context: RequestContext) -> DeskFrame | None:
    """Return the frame of the page, made once for all tags on it."""
    request: Any = context.get("request")
    if getattr(request, "organisation", None) is None:
        return None
    if not hasattr(request, "desk_frame"):
        request.desk_frame = build_frame(request)
    framed: DeskFrame = request.desk_frame
    return framed


@register.inclusion_tag("desk_home/parts/example.html")
def example(name: str) -> dict[str, Any]:
    """Draw a realistic example of what belongs into a list that is still empty."""
    return {"example": find_example(name)}
