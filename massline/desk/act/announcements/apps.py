from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "massline.desk.act.announcements"
    label = "announcements"
