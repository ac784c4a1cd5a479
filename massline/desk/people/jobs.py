"""Scope of worker jobs: each runs for every organisation, with its name as the reason."""

from massline.desk.people.scope import everything
from massline.jobs.registry import wrap_jobs

wrap_jobs(everything)
