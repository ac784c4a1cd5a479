from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "massline.square.home"
    label = "square_home"
