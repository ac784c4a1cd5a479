from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "massline.desk.act.tasks"
    label = "tasks"

    def ready(self) -> None:
        from massline.desk.act.tasks import signal_receivers
        from massline.desk.people.signals import membership_ended

        membership_ended.connect(signal_receivers.leave_tasks_of_former_member)
