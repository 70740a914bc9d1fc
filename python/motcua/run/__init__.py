"""A whole job: the events of a province in, counts, ranking, findings and a report out.

>>> from motcua.run import run_job           # doctest: +SKIP
>>> run_job("examples/lam_dong").sentence()  # doctest: +SKIP
'105,919 dossiers counted ...'

``docs/run.md`` describes the folder; ``motcua run DIR`` is the command.
"""

from .job import Job, read_job
from .pipeline import Outcome, run_job

__all__ = ["Job", "Outcome", "read_job", "run_job"]
