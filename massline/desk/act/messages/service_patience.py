"""How long one run waits for each service that sends messages, and when it leaves a service alone."""

from dataclasses import dataclass, field

from massline.core.contact_points import ContactMethod
from massline.desk.act.messages.channel_interface import SEND_SECONDS, ServiceUnreachable

# After a message that took longer than SLOW_SECONDS to fail, the next ones get HURRIED_SECONDS each until one arrives.
SLOW_SECONDS, HURRIED_SECONDS = 5.0, 2.0
# A service is left alone for this run once so many seconds, or messages, have failed without one arriving.
MOST_FAILED_SECONDS, MOST_FAILED = 50.0, 200


@dataclass
class _Failures:
    """Failures of one service since it last accepted or refused a message."""

    count: int = 0
    seconds: float = 0.0
    is_slow: bool = False


@dataclass
class ServicePatience:
    """The patience of one run over waiting messages, for each way to send them."""

    unreachable: set[ContactMethod] = field(default_factory=set)
    _failures: dict[ContactMethod, _Failures] = field(default_factory=dict)

    def seconds(self, method: ContactMethod) -> float:
        """Seconds that the next message may take."""
        return HURRIED_SECONDS if self._of(method).is_slow else SEND_SECONDS

    def record_sent(self, method: ContactMethod) -> None:
        self._failures.pop(method, None)

    def record_refused(self, method: ContactMethod) -> None:
        """Count an answer about one address: the service itself is there."""
        failures = self._of(method)
        failures.count, failures.seconds = 0, 0.0

    def record_failure(self, method: ContactMethod, problem: Exception, seconds: float) -> None:
        """Leave a service alone for this run if it is unreachable, or has failed many times in a row."""
        failures = self._of(method)
        failures.count += 1
        failures.seconds += seconds
        failures.is_slow |= seconds > SLOW_SECONDS
        is_silent = failures.seconds > MOST_FAILED_SECONDS or failures.count >= MOST_FAILED
        if is_silent or isinstance(problem, ServiceUnreachable):
            self.unreachable.add(method)

    def _of(self, method: ContactMethod) -> _Failures:
        return self._failures.setdefault(method, _Failures())
