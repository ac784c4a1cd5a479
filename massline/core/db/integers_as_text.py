"""Many whole numbers out of a database as one text."""

from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, TextField
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray


class IntegersAsText(Aggregate):
    """The numbers of all rows, in no order, joined by commas; null where there are none."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        joined = self.copy()
        joined.function = "STRING_AGG"
        joined.template = "%(function)s(%(distinct)s(%(expressions)s)::text, ',')"
        return joined.as_sql(compiler, connection, **context)


def parse_integers(text: str | None) -> NDArray[np.int64]:
    """The numbers of such a text."""
    return np.array(text.split(","), np.int64) if text else np.zeros(0, np.int64)
