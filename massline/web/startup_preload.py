"""Loading before the door opens what the first to come would otherwise wait for."""

import logging
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.forms.renderers import get_default_renderer
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation
from django.utils.formats import get_format

from massline.web.language_choice import in_language

log = logging.getLogger("massline.web")
PARTS_OF_FORMS = Path(django.__file__).parent / "forms" / "templates"


def preload_shared_data() -> None:
    """Load addresses, languages, templates and what the databases are spoken to with; connections are not opened.

    Processes that are forked later share all of it.
    """
    get_resolver().reverse_dict.get("")
    for code, _name in settings.LANGUAGES:
        with in_language(code):
            translation.gettext("")
            get_format("DATE_FORMAT")
    for model in apps.get_models():
        _ = model._meta.related_objects
    for connection in connections.all():
        connection.ops.compiler("SQLCompiler")
    for name in form_template_names():
        get_default_renderer().get_template(name)
    for name in own_template_names():
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError) as problem:
            log.warning("The template %s cannot be read: %s", name, problem)


def form_template_names() -> Iterator[str]:
    """Name the templates that fields and their errors are drawn with."""
    for file in sorted(PARTS_OF_FORMS.rglob("*.html")):
        yield file.relative_to(PARTS_OF_FORMS).as_posix()


def own_template_names() -> list[str]:
    """Name the templates of our own apps that are installed at this door."""
    ours = [
        Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("massline.")
    ]
    found = {str(file.relative_to(folder)) for folder in ours for file in folder.rglob("*.html")}
    # Pages of the desk are written with what is not installed at the other door.
    return sorted(found - {"web/desk.html"} if settings.DOOR == "square" else found)
