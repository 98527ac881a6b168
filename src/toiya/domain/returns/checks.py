"""What must always be true of returns and removals."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check
from toiya.domain.stock.models import Movement

_Kind = Movement.Kind
_IN, _ASIDE, _BACK, _FREE, _SCRAP, _OUT = (
    int(kind) for kind in (_Kind.RETURN_IN, _Kind.RETURN_ASIDE, _Kind.SEND_BACK, _Kind.UNBLOCK, _Kind.SCRAP,
                           _Kind.TAKE_OUT)
)  # fmt: skip
# Each judged piece came in by the ledger, to a shelf or aside; what was done with those set aside left it again.
_PIECES = f"""
SELECT coalesce(g.code, m.source) AS subject, coalesce(g.shelf, 0) AS shelf, coalesce(g.aside, 0) AS aside,
       coalesce(g.ended, 0) AS ended, coalesce(m.shelf, 0) AS came, coalesce(m.aside, 0) AS set_aside,
       coalesce(m.ended, 0) AS left
FROM (
    SELECT r.code, g.sku_id, coalesce(sum(g.quantity) FILTER (WHERE g.is_sellable), 0) AS shelf,
           coalesce(sum(g.quantity) FILTER (WHERE NOT g.is_sellable), 0) AS aside,
           coalesce(sum(g.quantity) FILTER (WHERE a.status = 'done'), 0) AS ended
    FROM returns_grading g JOIN returns_return r ON r.id = g.parent_id LEFT JOIN returns_aside a ON a.grading_id = g.id
    GROUP BY r.code, g.sku_id
) g FULL JOIN (
    SELECT source, sku_id, coalesce(sum(quantity) FILTER (WHERE kind = {_IN}), 0) AS shelf,
           coalesce(sum(quantity) FILTER (WHERE kind = {_ASIDE}), 0) AS aside,
           coalesce(sum(quantity) FILTER (WHERE kind IN ({_BACK}, {_FREE}, {_SCRAP})), 0) AS ended
    FROM stock_movement WHERE kind IN ({_IN}, {_ASIDE}, {_BACK}) OR (kind IN ({_FREE}, {_SCRAP})
    AND source LIKE 'RET-%%') GROUP BY source, sku_id
) m ON m.source = g.code AND m.sku_id = g.sku_id
WHERE (coalesce(g.shelf, 0), coalesce(g.aside, 0), coalesce(g.ended, 0))
   <> (coalesce(m.shelf, 0), coalesce(m.aside, 0), coalesce(m.ended, 0))
"""  # noqa: S608
_LINES = """
SELECT r.code AS subject, coalesce(l.came, 0) AS came, coalesce(g.pieces, 0) AS judged
FROM returns_returnline l FULL JOIN (
    SELECT parent_id, sku_id, sum(quantity) AS pieces FROM returns_grading GROUP BY parent_id, sku_id
) g USING (parent_id, sku_id) JOIN returns_return r ON r.id = parent_id
WHERE coalesce(l.came, 0) <> coalesce(g.pieces, 0)
"""
_STATES = """
SELECT r.code AS subject, r.status FROM returns_return r
WHERE (r.status IN ('arrived', 'done')) <> (r.arrived_at IS NOT NULL)
   OR (r.status IN ('done', 'cancelled')) <> (r.ended_at IS NOT NULL)
   OR (r.status NOT IN ('arrived', 'done') AND EXISTS (SELECT 1 FROM returns_grading g WHERE g.parent_id = r.id))
"""
_ASIDES = """
SELECT r.code AS subject, coalesce(a.status, 'missing') AS status, coalesce(a.decision, '') AS decision
FROM returns_grading g JOIN returns_return r ON r.id = g.parent_id LEFT JOIN returns_aside a ON a.grading_id = g.id
WHERE g.is_sellable <> (a.id IS NULL)
   OR (a.status = 'waiting') <> (a.decision = '')
   OR (a.status = 'waiting') <> (a.decided_at IS NULL)
   OR (a.status = 'done') <> (a.done_at IS NOT NULL)
"""
# Nothing was thrown away that its seller had not agreed to, and all of it by the ledger.
_THROWN = f"""
SELECT coalesce(l.code, m.source) AS subject, coalesce(l.gone, 0) AS gone, coalesce(l.counted, 0) AS counted,
       coalesce(m.pieces, 0) AS left
FROM (
    SELECT r.code, l.sku_id, sum(l.gone) AS gone,
           sum((SELECT coalesce(sum(c.quantity), 0) FROM returns_countedout c WHERE c.line_id = l.id)) AS counted
    FROM returns_removalline l JOIN returns_removal r ON r.id = l.removal_id GROUP BY r.code, l.sku_id
) l FULL JOIN (
    SELECT source, sku_id, sum(quantity) AS pieces FROM stock_movement
    WHERE kind = {_OUT} AND source LIKE 'RMV-%%' GROUP BY source, sku_id
) m ON m.source = l.code AND m.sku_id = l.sku_id
WHERE coalesce(l.gone, 0) <> coalesce(m.pieces, 0) OR coalesce(l.gone, 0) <> coalesce(l.counted, 0)
"""  # noqa: S608
_REMOVALS = """
SELECT r.code AS subject, r.kind, r.status FROM returns_removal r
WHERE (r.kind = 'dispose' AND r.order_id IS NOT NULL)
   OR (r.kind = 'send' AND r.status = 'ordered' AND r.order_id IS NULL)
   OR (r.kind = 'dispose' AND r.status <> 'prepared' AND r.consent = '')
   OR (r.status IN ('done', 'cancelled')) <> (r.ended_at IS NOT NULL)
   OR (r.status = 'done') <> (r.kind = 'dispose' AND r.status <> 'cancelled'
       AND NOT EXISTS (SELECT 1 FROM returns_removalline l WHERE l.removal_id = r.id AND l.gone < l.quantity))
"""
_FEES = """
SELECT r.code AS subject, r.fee_minor AS fee, coalesce(c.total, 0) AS charged, coalesce(v.amount_minor, 0) AS taken
FROM returns_return r LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total FROM pricing_charge GROUP BY seller_id, source
) c ON c.seller_id = r.seller_id AND c.source = r.code
LEFT JOIN wallet_reservation v ON v.seller_id = r.seller_id AND v.source = r.code AND v.status = 'captured'
WHERE r.fee_minor <> coalesce(c.total, 0)
   OR coalesce(v.amount_minor, 0) <> CASE WHEN r.fee_taken_at IS NULL THEN 0 ELSE r.fee_minor END
"""
_DOOR = """
SELECT code AS subject, status FROM returns_doorparcel
WHERE (status = 'unknown') <> (ended_at IS NULL) OR (status = 'placed' AND (parent_id IS NULL OR seller_id IS NULL))
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I37",
            "returns_are_sums_of_movements",
            _PIECES,
            "Return %(subject)s: %(shelf)s pieces judged sellable, %(aside)s set aside, %(ended)s of those done; "
            "by the ledger %(came)s came to a shelf, %(set_aside)s aside, and %(left)s left again.",
        ),
        Check(
            "I37",
            "returns_are_sums_of_gradings",
            _LINES,
            "Return %(subject)s: its lines say that %(came)s pieces came, %(judged)s were judged.",
        ),
        Check("I37", "returns_follow_their_state", _STATES, "Return %(subject)s cannot be %(status)s as it stands."),
        Check(
            "I37",
            "returned_pieces_have_a_decision",
            _ASIDES,
            "Return %(subject)s: pieces that were set aside are %(status)s with the decision '%(decision)s'.",
        ),
        Check(
            "I37",
            "thrown_away_is_agreed",
            _THROWN,
            "Removal %(subject)s: %(gone)s pieces are gone, %(counted)s were counted out, by the ledger %(left)s left.",
        ),
        Check(
            "I37",
            "removals_follow_their_state",
            _REMOVALS,
            "Removal %(subject)s (%(kind)s) cannot be %(status)s as it stands.",
        ),
        Check(
            "I37",
            "returns_are_charged_their_fee",
            _FEES,
            "Return %(subject)s costs %(fee)s: its charges sum to %(charged)s, %(taken)s were taken.",
        ),
        Check(
            "I37",
            "parcels_at_the_door_have_an_end",
            _DOOR,
            "Parcel %(subject)s at the returns door is %(status)s, which the rest of its row contradicts.",
        ),
        *(code_check("returns_return", "RET"), code_check("returns_removal", "RMV")),
        code_check("returns_doorparcel", "DPC"),
    ),
    counts={
        "returns": "SELECT count(*) FROM returns_return",
        "removals": "SELECT count(*) FROM returns_removal",
    },
)
