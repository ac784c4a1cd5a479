from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "massline.desk.learn"
    label = "learn"
