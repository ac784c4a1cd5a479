"""What the server loads; MASSLINE_DOOR says which door it opens. Everything a page needs is loaded here, before the first."""

import os
from importlib import import_module

from massline.core.startup import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "massline.settings")
with loading():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)

    from massline.core.db.erasure import keep_logs_short
    from massline.web.preload import warm

    warm()
    keep_logs_short()
