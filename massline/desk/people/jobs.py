"""What the worker does it does for every organisation: each job and each round says its name as the reason."""

from massline.desk.people.scope import everything
from massline.jobs.registry import wrap_jobs

wrap_jobs(everything)
