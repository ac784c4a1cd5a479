from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "massline.web"
    label = "web"
