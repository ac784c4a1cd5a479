from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "massline.jobs"
    label = "jobs"

    def ready(self) -> None:
        import_module("massline.jobs.expiry_sweep")
        autodiscover_modules("jobs")
