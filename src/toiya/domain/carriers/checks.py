"""What must always be true of labels and tracking numbers."""

from __future__ import annotations

from toiya.core.checks import Check, Level, Truths
from toiya.domain.carriers import file_truths
from toiya.domain.carriers.events import NumberRangeOpened

_TWICE = """
SELECT min(reference) AS subject, carrier, tracking_number AS number, count(*) AS labels, max(reference) AS other
FROM carriers_label WHERE tracking_number <> '' GROUP BY carrier, tracking_number HAVING count(*) > 1
"""
_BODY = "left(l.tracking_number, 11)::bigint"
_IS_NUMBER = "l.tracking_number ~ '^[0-9]{12}$'"
# A range that is used up is replaced in its row; the event of its opening keeps it.
_RANGES = f"""
SELECT l.reference AS subject, l.carrier, l.tracking_number AS number
FROM carriers_label l JOIN carriers_numberrange r ON r.carrier = l.carrier
WHERE l.tracking_number <> '' AND l.way = 'ask' AND CASE
    WHEN NOT {_IS_NUMBER} THEN true
    WHEN {_BODY} BETWEEN r.first_body AND r.next_body - 1 THEN false
    ELSE NOT EXISTS (
        SELECT 1 FROM core_event e
        WHERE e.subject = l.carrier AND e.name = '{NumberRangeOpened.NAME}'
          AND (e.data ->> 'first_body')::bigint <> r.first_body
          AND {_BODY} BETWEEN (e.data ->> 'first_body')::bigint AND (e.data ->> 'last_body')::bigint
    ) END
"""  # noqa: S608
_CHECK_DIGITS = f"""
SELECT l.reference AS subject, l.carrier, l.tracking_number AS number
FROM carriers_label l JOIN carriers_numberrange r ON r.carrier = l.carrier
WHERE r.is_test AND CASE WHEN {_IS_NUMBER} THEN right(l.tracking_number, 1)::int <> mod({_BODY}, 7) ELSE false END
"""  # noqa: S608
_BOUGHT = """
SELECT reference AS subject, carrier,
       CASE WHEN tracking_number = '' THEN 'number' WHEN bought_at IS NULL THEN 'time' ELSE 'document' END AS lack
FROM carriers_label
WHERE status = 'bought' AND (tracking_number = '' OR bought_at IS NULL OR octet_length(document) = 0)
"""
_DOUBTFUL = "SELECT reference AS subject, carrier, problem FROM carriers_label WHERE status = 'in_doubt'"

TRUTHS = Truths(
    checks=(
        Check(
            "I09",
            "numbers_used_once",
            _TWICE,
            "Number %(number)s of %(carrier)s stands on %(labels)s labels: those of parcels %(subject)s, %(other)s.",
        ),
        Check(
            "I09",
            "numbers_of_our_range",
            _RANGES,
            "Parcel %(subject)s: number %(number)s was never drawn from our range at %(carrier)s.",
        ),
        Check(
            "I09",
            "check_digits",
            _CHECK_DIGITS,
            "Parcel %(subject)s: the last digit of number %(number)s at %(carrier)s is wrong.",
        ),
        Check(
            "I09", "bought_labels_are_whole", _BOUGHT, "Parcel %(subject)s: its label of %(carrier)s has no %(lack)s."
        ),
        Check(
            "I09",
            "labels_in_doubt",
            _DOUBTFUL,
            "Parcel %(subject)s: %(carrier)s did not answer (%(problem)s), so it may have made the label. "
            "Ask once more in the office.",
            Level.NOTE,
        ),
        *file_truths.CHECKS,
    ),
    counts={"labels": "SELECT count(*) FROM carriers_label"},
)
