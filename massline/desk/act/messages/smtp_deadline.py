"""Django's SMTP backend, with every connection under the deadline of the message that is sent."""

import smtplib
import socket
from typing import Any

from django.core.mail.backends import smtp

from massline.core.connections.public_addresses import connect_to_public_address


class _Plain(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect_to_public_address(host, port, seconds=timeout, inner=True)


class _Secure(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = connect_to_public_address(host, port, seconds=timeout, inner=True)
        return self.context.wrap_socket(connection, server_hostname=host)


class EmailBackend(smtp.EmailBackend):
    """SMTP, STARTTLS or TLS as configured; the mail server may be in the installation's own network."""

    @property
    def connection_class(self) -> Any:
        return _Secure if self.use_ssl else _Plain
