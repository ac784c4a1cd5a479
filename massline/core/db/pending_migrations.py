"""The steps by which a database is behind this version."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def pending_migrations(database: str) -> list[str]:
    """List the migrations that this database has not had, such as "jobs.0002_made_on_a_day"."""
    executor = MigrationExecutor(connections[database])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
