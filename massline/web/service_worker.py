"""The script that lets one page open where there is no network."""

from importlib.resources import files

from django.http import HttpResponse


def serve_service_worker() -> HttpResponse:
    """Return the service worker. Each app serves it from its own address, since its scope begins there."""
    script = files("massline.web").joinpath("static/massline/offline/worker.js").read_text()
    return HttpResponse(script, content_type="text/javascript")
