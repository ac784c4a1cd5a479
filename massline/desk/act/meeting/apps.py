from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "massline.desk.act.meeting"
    label = "meeting"
