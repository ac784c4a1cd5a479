from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "massline.desk.act.meetings"
    label = "meeting"
