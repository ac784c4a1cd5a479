"""The classes of the reasons that a verb refused for."""

import pytest

from massline.desk.sumup.claims.signing_readiness import NotReady


def kinds(refused: pytest.ExceptionInfo[NotReady]) -> list[type]:
    return [type(reason) for reason in refused.value.reasons]
