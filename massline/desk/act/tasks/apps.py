from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "massline.desk.act.tasks"
    label = "tasks"
