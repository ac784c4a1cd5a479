"""Loading before the door opens what the first to come would otherwise wait for."""

import logging
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

log = logging.getLogger("massline.web")


def warm() -> None:
    """Load the addresses, every language and every template of this door; processes that are forked later share them."""
    get_resolver().reverse_dict.get("")
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    for name in own_templates():
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError) as problem:
            log.warning("The template %s cannot be read: %s", name, problem)


def own_templates() -> list[str]:
    """Name the templates of our own apps that are installed at this door."""
    ours = [
        Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("massline.")
    ]
    found = {str(file.relative_to(folder)) for folder in ours for file in folder.rglob("*.html")}
    # Pages of the desk are written with what is not installed at the other door.
    return sorted(found - {"web/desk.html"} if settings.DOOR == "square" else found)
