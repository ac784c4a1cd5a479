from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "massline.desk.act.announcements"
    label = "announcements"

    def ready(self) -> None:
        from massline.desk.act.announcements.changed_contact_points import address_waiting_notices
        from massline.desk.people.signals import contact_point_changed

        contact_point_changed.connect(address_waiting_notices)
