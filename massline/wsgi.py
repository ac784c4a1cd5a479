"""The WSGI application of the door that MASSLINE_DOOR names; everything a page needs is loaded before it answers."""

import os
from importlib import import_module

from massline.core.garbage_collection import freeze_loaded_objects

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "massline.settings")
with freeze_loaded_objects():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)

    from massline.core.db.erasure import start_log_truncation
    from massline.web.startup_preload import preload_shared_data

    preload_shared_data()
    start_log_truncation()
