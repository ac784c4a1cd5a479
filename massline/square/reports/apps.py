from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "massline.square.reports"
    label = "reports"
