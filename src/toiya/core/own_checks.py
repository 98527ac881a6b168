"""What core knows of itself: events are whole, codes are those of their rows, no job is stuck."""

from __future__ import annotations

from toiya.core import codes
from toiya.core.checks import Check, Level, Truths

_STUCK = """
SELECT j.id::text AS subject, j.task_name AS task, began.at AS since
FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
CROSS JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'started') began
WHERE j.status = 'doing'
  AND coalesce(began.at, '-infinity') < %(at)s::timestamptz - interval '5 minutes'
  AND coalesce(w.last_heartbeat, '-infinity') < %(at)s::timestamptz - interval '5 minutes'
"""
_FAILED = """
SELECT id::text AS subject, task_name AS task, args::text AS arguments, attempts
FROM procrastinate_jobs WHERE status = 'failed'
"""
_NAMELESS = """
SELECT subject, id AS event,
       CASE WHEN name = '' THEN 'name' WHEN actor_kind = '' THEN 'actor' ELSE 'subject' END AS lack
FROM core_event WHERE name = '' OR actor_kind = '' OR subject = ''
"""


def code_check(table: str, prefix: str) -> Check:
    """
    Each row's code is the one its number gives: well-formed, never changed, and so unique (I17).

    Numbers past the six letters (887 million) are left out.
    """
    factor, offset, room = codes.scatter(prefix)
    base = len(codes.ALPHABET)
    digits = [f"mod(s.scattered / {base**place}, {base})" for place in range(6)]
    letters = " || ".join(f"substr('{codes.ALPHABET}', {digit}::int + 1, 1)" for digit in digits)
    total = " + ".join(f"{place + 2} * {digit}" for place, digit in enumerate(digits))
    statement = f"""
SELECT code AS subject, expected FROM (
    SELECT s.code, '{prefix}-' || {letters} || '-' || substr('{codes.ALPHABET}', mod({total}, {base})::int + 1, 1)
           AS expected
    FROM (SELECT code, mod(id * {factor} + {offset}, {room}) AS scattered FROM {table} WHERE id < {room}) s
) coded WHERE code <> expected
"""  # noqa: S608
    message = "%(subject)s is not the code of its row, which is %(expected)s: codes never change. Put it back."
    return Check("I17", f"codes_of_{table}", statement, message)


TRUTHS = Truths(
    checks=(
        Check(
            "I15",
            "jobs_have_a_worker",
            _STUCK,
            "Job %(subject)s (%(task)s) has been under way since %(since)s and no living worker has it. "
            "Start a worker: it takes such jobs up.",
        ),
        Check(
            "I15",
            "failed_jobs",
            _FAILED,
            "Job %(subject)s (%(task)s %(arguments)s) ended without success after %(attempts)s attempts.",
            Level.NOTE,
        ),
        Check("I18", "events_are_whole", _NAMELESS, "Event %(event)s on %(subject)s has no %(lack)s."),
    ),
    counts={"events": "SELECT count(*) FROM core_event"},
)
