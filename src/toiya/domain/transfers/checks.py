"""What must always be true of transfers."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check
from toiya.domain.stock.models import Movement

_OUT, _IN, _FOUND = (int(kind) for kind in (Movement.Kind.TRANSFER_OUT, Movement.Kind.TRANSFER_IN, Movement.Kind.FOUND))
# Each piece that left is in a bin of the other warehouse or on the way; what left and came is what the ledger says.
_PIECES = f"""
SELECT coalesce(t.code, m.source) AS subject, coalesce(t.picked, 0) AS picked, coalesce(t.received, 0) AS received,
       coalesce(t.extra, 0) AS extra, coalesce(m.gone, 0) AS gone, coalesce(m.come, 0) AS come,
       coalesce(m.found, 0) AS found
FROM transfers_transfer t FULL JOIN (
    SELECT m.seller_id, m.source, m.sku_id,
           coalesce(sum(m.quantity) FILTER (WHERE m.kind = {_OUT} AND m.warehouse_id = f.from_warehouse_id), 0) AS gone,
           coalesce(sum(m.quantity) FILTER (WHERE m.kind = {_IN} AND m.warehouse_id = f.to_warehouse_id), 0) AS come,
           coalesce(sum(m.quantity) FILTER (WHERE m.kind = {_FOUND} AND m.warehouse_id = f.to_warehouse_id), 0) AS found
    FROM stock_movement m LEFT JOIN transfers_transfer f ON f.code = m.source
    WHERE m.kind IN ({_OUT}, {_IN}) OR (m.kind = {_FOUND} AND m.source LIKE 'TRF-%%')
    GROUP BY m.seller_id, m.source, m.sku_id
) m ON m.seller_id = t.seller_id AND m.source = t.code AND m.sku_id = t.sku_id
WHERE (t.id IS NULL AND m.source IS NOT NULL)
   OR (t.picked, t.received, t.extra) <> (coalesce(m.gone, 0), coalesce(m.come, 0), coalesce(m.found, 0))
"""  # noqa: S608
_SCANS = """
SELECT t.code AS subject, t.picked, t.received, t.extra
FROM transfers_transfer t LEFT JOIN (
    SELECT transfer_id, sum(picked) AS picked, sum(received) AS received FROM transfers_transferlot GROUP BY transfer_id
) l ON l.transfer_id = t.id LEFT JOIN (
    SELECT transfer_id, sum(quantity) FILTER (WHERE step = 'collected') AS picked,
           sum(quantity) FILTER (WHERE step = 'put_away') AS received,
           sum(quantity) FILTER (WHERE step = 'extra') AS extra
    FROM transfers_transferscan GROUP BY transfer_id
) s ON s.transfer_id = t.id
WHERE (t.picked, t.received) <> (coalesce(l.picked, 0), coalesce(l.received, 0))
   OR (t.picked, t.received, t.extra) <> (coalesce(s.picked, 0), coalesce(s.received, 0), coalesce(s.extra, 0))
"""
_STATES = """
SELECT code AS subject, status, picked, received FROM transfers_transfer
WHERE (status IN ('requested', 'accepted', 'declined', 'cancelled') AND picked > 0)
   OR (status NOT IN ('arriving', 'arrived') AND received + extra > 0)
   OR (status IN ('on_the_way', 'arriving', 'arrived')) <> (sent_at IS NOT NULL)
   OR (status IN ('arrived', 'declined', 'cancelled')) <> (ended_at IS NOT NULL)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I31",
            "transfers_are_sums_of_movements",
            _PIECES,
            "Transfer %(subject)s: %(picked)s collected, %(received)s put away, %(extra)s too many; by the ledger "
            "%(gone)s left, %(come)s came and %(found)s were found.",
        ),
        Check(
            "I31",
            "transfers_are_sums_of_scans",
            _SCANS,
            "Transfer %(subject)s says %(picked)s collected, %(received)s put away and %(extra)s too many; its lots or "
            "the scans of the floor say otherwise.",
        ),
        Check(
            "I31",
            "transfers_follow_their_state",
            _STATES,
            "Transfer %(subject)s is %(status)s with %(picked)s collected and %(received)s put away.",
        ),
        code_check("transfers_transfer", "TRF"),
    ),
    counts={"transfers": "SELECT count(*) FROM transfers_transfer"},
)
