"""What must always be true of files of carriers, of numbers that were cancelled, and of parcels on their way."""

from __future__ import annotations

from toiya.core.checks import Check, Level
from toiya.core.own_checks import code_check

_VOIDED = """
SELECT l.reference AS subject, v.tracking_number AS number
FROM carriers_labelvoid v JOIN carriers_label l ON l.carrier = v.carrier AND l.tracking_number = v.tracking_number
"""
_FILES = """
SELECT f.code AS subject, f.rows, (SELECT count(*) FROM carriers_fileentry e WHERE e.file_id = f.id) AS entries
FROM carriers_carrierfile f
WHERE encode(sha256(f.content), 'hex') <> f.sha256
   OR f.rows <> (SELECT count(*) FROM carriers_fileentry e WHERE e.file_id = f.id)
"""
_TAKEN = """
SELECT a.code AS subject, r.place, r.tracking_number AS number
FROM carriers_answerrow r JOIN carriers_answer a ON a.id = r.answer_id LEFT JOIN carriers_label l ON l.id = r.label_id
WHERE r.outcome = 'taken' AND a.kind = 'numbers' AND l.tracking_number IS DISTINCT FROM r.tracking_number
  AND NOT EXISTS (
    SELECT 1 FROM carriers_labelvoid v WHERE v.label_id = r.label_id AND v.tracking_number = r.tracking_number
  )
"""
_OPEN = """
SELECT a.code AS subject, count(*) AS rows FROM carriers_answerrow r JOIN carriers_answer a ON a.id = r.answer_id
WHERE r.outcome = 'open' GROUP BY a.code
"""
_JOURNEYS = """
SELECT l.reference AS subject, j.state
FROM carriers_journey j JOIN carriers_label l ON l.id = j.label_id
WHERE j.seen_at IS DISTINCT FROM (SELECT max(s.happened_at) FROM carriers_carrierscan s WHERE s.label_id = j.label_id)
   OR (j.seen_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM carriers_carrierscan s
    WHERE s.label_id = j.label_id AND s.happened_at = j.seen_at AND s.state = j.state
  ))
"""

CHECKS = (
    Check(
        "I09",
        "cancelled_numbers_are_gone",
        _VOIDED,
        "Parcel %(subject)s has number %(number)s, which was cancelled for good.",
    ),
    Check(
        "I26",
        "files_are_as_they_were_made",
        _FILES,
        "File %(subject)s is not what was made: it holds %(rows)s rows for %(entries)s parcels, or its bytes changed.",
    ),
    Check(
        "I26",
        "taken_numbers_are_on_their_labels",
        _TAKEN,
        "Row %(place)s of file %(subject)s gave number %(number)s, and its label has another.",
    ),
    Check(
        "I26",
        "rows_to_be_taken",
        _OPEN,
        "File %(subject)s has %(rows)s rows that were not taken yet.",
        Level.OPEN,
    ),
    Check(
        "I26",
        "journeys_follow_scans",
        _JOURNEYS,
        "Parcel %(subject)s is said to be %(state)s, but its newest scan says something else.",
    ),
    code_check("carriers_carrierfile", "CF"),
    code_check("carriers_answer", "CA"),
)
