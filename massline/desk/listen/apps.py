from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "massline.desk.listen"
    label = "listen"
