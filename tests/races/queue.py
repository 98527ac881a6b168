"""The job queue of allocation, worked off in this thread as a worker would."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

MOST = 50


def work_off() -> list[str]:
    """Run what waits for allocation until nothing does; other packages' jobs are dropped. Returns what ran."""
    ran: list[str] = []
    for _ in range(MOST):
        job = ProcrastinateJob.objects.filter(status="todo").order_by("pk").first()
        if job is None:
            return ran
        ProcrastinateJob.objects.filter(pk=job.pk).delete()  # as a worker does: what is woken from now on is a new job
        if job.task_name.startswith("allocation."):
            app.tasks[job.task_name](**job.args)
            ran.append(job.task_name)
    raise AssertionError("the jobs wake each other for ever")
