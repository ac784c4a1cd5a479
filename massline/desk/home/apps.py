from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "massline.desk.home"
    label = "desk_home"
