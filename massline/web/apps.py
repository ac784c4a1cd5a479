from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "massline.web"
    label = "web"

    def ready(self) -> None:
        """Clean the text fields of every form, and compile the catalogues, which a clone holds as text only."""
        import logging

        from massline.web.char_field_cleanup import install_cleanup
        from massline.web.form_errors import install_required_messages
        from massline.web.message_catalogues import compile_catalogues

        install_cleanup()
        install_required_messages()
        try:
            compile_catalogues()
        except OSError as problem:
            logging.getLogger("massline.web").warning(
                "The translations could not be compiled: %s", problem.strerror
            )
