"""What must always be true of bills and invoices (I08)."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check
from toiya.domain.pricing.rules import Kind
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.models import Movement

_ON_HAND = " ".join(f"WHEN {int(kind)} THEN {effect[0]}" for kind, effect in EFFECTS.items())
_SHIP = int(Movement.Kind.SHIP)
_SUMS = """
SELECT s.code AS subject, s.status, s.currency, s.taken_minor AS taken, s.due_minor AS due,
       s.credited_minor AS credited, s.paid_out_minor AS paid_out, coalesce(l.taken, 0) AS lines_taken,
       coalesce(l.due, 0) AS lines_due, coalesce(l.credited, 0) AS lines_credited,
       coalesce(l.paid_out, 0) AS lines_paid_out
FROM billing_statement s LEFT JOIN (
    SELECT statement_id, count(*) AS lines,
           coalesce(sum(amount_minor) FILTER (WHERE origin = 'taken'), 0) AS taken,
           coalesce(sum(amount_minor) FILTER (WHERE origin = 'due'), 0) AS due,
           coalesce(-sum(amount_minor) FILTER (WHERE origin IN ('credited', 'noted')), 0) AS credited,
           coalesce(-sum(amount_minor) FILTER (WHERE origin = 'paid_out'), 0) AS paid_out
    FROM billing_statementline GROUP BY statement_id
) l ON l.statement_id = s.id
WHERE (s.taken_minor, s.due_minor, s.credited_minor, s.paid_out_minor, s.line_count)
   <> (coalesce(l.taken, 0), coalesce(l.due, 0), coalesce(l.credited, 0), coalesce(l.paid_out, 0),
       coalesce(l.lines, 0))
"""
_STATES = """
SELECT code AS subject, status FROM billing_statement
WHERE (status = 'running') <> (closed_at IS NULL) OR (status = 'paid') <> (paid_at IS NOT NULL)
   OR (status = 'running') <> (inputs_hash = '')
"""
_TEXTS = """
SELECT s.code AS subject, l.number, l.subject AS about
FROM billing_statementline l JOIN billing_statement s ON s.id = l.statement_id
WHERE l.digest <> encode(sha256(convert_to(l.inputs, 'UTF8')), 'hex')
   OR (l.number, l.kind, l.subject, l.source, l.amount_minor, l.quantity, l.tax_percent, l.origin)
      IS DISTINCT FROM ((l.inputs::jsonb ->> 'number')::int, l.inputs::jsonb ->> 'kind',
      l.inputs::jsonb ->> 'subject', l.inputs::jsonb ->> 'source', (l.inputs::jsonb ->> 'amount_minor')::bigint,
      (l.inputs::jsonb ->> 'quantity')::bigint, (l.inputs::jsonb ->> 'tax_percent')::int,
      l.inputs::jsonb ->> 'origin')
"""
_DIGESTS = """
SELECT s.code AS subject, s.inputs_hash AS told
FROM billing_statement s LEFT JOIN (
    SELECT statement_id, string_agg(digest, E'\\n' ORDER BY number) AS digests
    FROM billing_statementline GROUP BY statement_id
) l ON l.statement_id = s.id
WHERE s.status <> 'running'
  AND s.inputs_hash <> encode(sha256(convert_to(coalesce(l.digests, ''), 'UTF8')), 'hex')
"""
# Money first: what a line says came from the wallet is what one of its entries moved, no more and no less.
_MONEY = """
SELECT s.code AS subject, l.source, l.entry, l.total AS told,
       coalesce(abs(e.amount_minor), 0) + coalesce(abs(a.amount_minor), 0) AS moved
FROM (
    SELECT statement_id, seller_id, wallet_entry_id AS entry, min(source) AS source,
           abs(sum(amount_minor)) AS total, count(DISTINCT source) AS sources, max(also_entry_id) AS also
    FROM billing_statementline WHERE wallet_entry_id IS NOT NULL GROUP BY statement_id, seller_id, wallet_entry_id
) l JOIN billing_statement s ON s.id = l.statement_id
LEFT JOIN wallet_entry e ON e.id = l.entry AND e.seller_id = l.seller_id AND e.source = l.source
LEFT JOIN wallet_entry a ON a.id = l.also AND a.seller_id = l.seller_id AND a.source = l.source
WHERE l.sources <> 1 OR l.total <> coalesce(abs(e.amount_minor), 0) + coalesce(abs(a.amount_minor), 0)
"""
_CHARGES = """
SELECT s.code AS subject, l.number, l.subject AS about, l.amount_minor AS told, c.amount_minor AS charged
FROM billing_statementline l JOIN billing_statement s ON s.id = l.statement_id
JOIN pricing_charge c ON c.id = l.charge_id
WHERE (l.seller_id, l.source, l.kind, l.subject, l.amount_minor, l.tax_percent, l.inputs::jsonb -> 'entry')
      IS DISTINCT FROM (c.seller_id, c.source, c.kind, c.subject, c.amount_minor, c.tax_percent, c.entry)
"""
# The ledger of goods once more: each SKU on the bill still has as many pieces left and shipped as were charged.
_STORAGE = f"""
SELECT s.code AS subject, l.number, l.subject AS about, l.kept AS told, coalesce(m.kept, 0) AS kept,
       l.shipped AS told_shipped, coalesce(m.shipped, 0) AS shipped
FROM (
    SELECT statement_id, number, subject, source, (inputs::jsonb #>> '{{entry,quantity}}')::bigint AS kept,
           (inputs::jsonb #>> '{{entry,facts,shipped}}')::bigint AS shipped
    FROM billing_statementline WHERE kind = '{Kind.STORAGE_MONTH}'
) l JOIN billing_statement s ON s.id = l.statement_id
LEFT JOIN (
    SELECT t.code AS source, k.code AS sku,
           sum(m.quantity * CASE m.kind {_ON_HAND} ELSE 0 END) AS kept,
           coalesce(sum(m.quantity) FILTER (
               WHERE m.kind = {_SHIP} AND m.at >= t.month::timestamp AT TIME ZONE w.time_zone), 0) AS shipped
    FROM billing_storagemonth t JOIN warehouses_warehouse w ON w.id = t.warehouse_id
    JOIN stock_movement m ON m.seller_id = t.seller_id AND m.warehouse_id = t.warehouse_id
         AND m.at < (t.month + interval '1 month')::timestamp AT TIME ZONE w.time_zone
    JOIN catalog_sku k ON k.id = m.sku_id
    GROUP BY t.code, k.code
) m ON m.source = l.source AND m.sku = l.subject
WHERE (l.kept, l.shipped) IS DISTINCT FROM (coalesce(m.kept, 0), coalesce(m.shipped, 0))
"""  # noqa: S608
_STORAGE_SUMS = """
SELECT t.code AS subject, t.total_minor AS told, coalesce(c.total, 0) AS charged
FROM billing_storagemonth t LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total FROM pricing_charge
    WHERE source LIKE 'STO-%%' GROUP BY seller_id, source
) c ON c.seller_id = t.seller_id AND c.source = t.code
WHERE t.total_minor <> coalesce(c.total, 0)
"""
_NUMBERS = """
SELECT s.year::text AS subject, s.last, count(i.id) AS written, coalesce(max(i.sequence), 0) AS highest
FROM billing_invoiceseries s LEFT JOIN billing_invoice i ON i.year = s.year
GROUP BY s.year, s.last HAVING count(i.id) <> s.last OR coalesce(max(i.sequence), 0) <> s.last
"""
_INVOICES = """
SELECT i.number AS subject, i.total_minor AS told, coalesce(l.total, 0) AS lines, r.total AS rates
FROM billing_invoice i
CROSS JOIN LATERAL (SELECT sum((each ->> 1)::bigint) AS total, sum((each ->> 2)::bigint) AS tax,
                    bool_and((each ->> 2)::bigint = sign((each ->> 1)::bigint)
                             * (abs((each ->> 1)::bigint) * (each ->> 0)::int / (100 + (each ->> 0)::int))) AS is_right
                    FROM jsonb_array_elements(i.rates) each) r
LEFT JOIN (
    SELECT statement_id, sum(amount_minor) AS total FROM billing_statementline
    WHERE origin NOT IN ('noted', 'paid_out') GROUP BY statement_id
) l ON l.statement_id = i.statement_id
WHERE i.total_minor < 0 OR i.total_minor <> r.total OR i.tax_minor <> r.tax OR NOT r.is_right
   OR (i.kind = 'invoice' AND i.total_minor <> coalesce(l.total, 0))
"""
_NOTES = """
SELECT n.number AS subject, f.number AS first, n.total_minor AS back, f.total_minor AS total,
       coalesce(c.total, 0) AS credited
FROM billing_invoice n JOIN billing_invoice f ON f.id = n.refers_to_id
LEFT JOIN LATERAL (
    SELECT sum(k.amount_minor) AS total FROM billing_linecredit k JOIN billing_statementline l ON l.id = k.line_id
    WHERE k.seller_id = n.seller_id AND l.statement_id = n.statement_id AND k.kind <> 'refund'
      AND k.cause IN (n.number, n.token)
) c ON true
WHERE n.kind = 'credit_note' AND (f.kind <> 'invoice' OR f.seller_id <> n.seller_id
      OR f.statement_id <> n.statement_id OR n.total_minor <> coalesce(c.total, 0)
      OR (SELECT sum(o.total_minor) FROM billing_invoice o WHERE o.refers_to_id = f.id) > f.total_minor)
"""
# What went back of a line, whichever way, is never more than the line.
_LINE_CREDITS = """
SELECT s.code AS subject, l.number, l.amount_minor AS amount, c.total AS credited
FROM (
    SELECT line_id, sum(amount_minor) AS total, min(seller_id) AS first, max(seller_id) AS last
    FROM billing_linecredit GROUP BY line_id
) c JOIN billing_statementline l ON l.id = c.line_id JOIN billing_statement s ON s.id = l.statement_id
WHERE c.total > l.amount_minor OR l.origin NOT IN ('taken', 'due')
   OR c.first <> l.seller_id OR c.last <> l.seller_id
"""
# Written with the credit, or with the invoice where that came later; the hourly job makes up for a missed one.
_UNNOTED = """
SELECT s.code AS subject, k.cause, sum(k.amount_minor) AS credited
FROM billing_linecredit k JOIN billing_statementline l ON l.id = k.line_id
JOIN billing_statement s ON s.id = l.statement_id
JOIN billing_invoice f ON f.statement_id = s.id AND f.kind = 'invoice'
WHERE k.kind <> 'refund' AND NOT EXISTS (
    SELECT 1 FROM billing_invoice n WHERE n.refers_to_id = f.id AND k.cause IN (n.number, n.token)
)
GROUP BY s.code, k.cause
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I08",
            "bills_are_sums_of_lines",
            _SUMS,
            "Bill %(subject)s (%(status)s) says %(currency)s %(taken)s taken, %(due)s due, %(credited)s given back and "
            "%(paid_out)s paid out; its lines sum to %(lines_taken)s, %(lines_due)s, %(lines_credited)s and "
            "%(lines_paid_out)s, or are fewer or more.",
        ),
        Check(
            "I08",
            "bills_follow_their_state",
            _STATES,
            "Bill %(subject)s is %(status)s, but its moments or its digest say otherwise.",
        ),
        Check(
            "I08",
            "lines_are_what_was_digested",
            _TEXTS,
            "Bill %(subject)s: line %(number)s about %(about)s is not what was written down when it was closed.",
        ),
        Check(
            "I08",
            "bills_digest_their_lines",
            _DIGESTS,
            "Bill %(subject)s: the digest %(told)s is not that of its lines: one was changed, or is missing.",
        ),
        Check(
            "I08",
            "bills_tell_the_wallet",
            _MONEY,
            "Bill %(subject)s: the lines of %(source)s sum to %(told)s, entry %(entry)s of the wallet moved %(moved)s.",
        ),
        Check(
            "I08",
            "lines_are_their_charges",
            _CHARGES,
            "Bill %(subject)s: line %(number)s about %(about)s says %(told)s, its charge %(charged)s, or what was "
            "priced is another entry.",
        ),
        Check(
            "I08",
            "storage_replays_from_movements",
            _STORAGE,
            "Bill %(subject)s: line %(number)s charges storage of %(told)s pieces of %(about)s with %(told_shipped)s "
            "shipped; the movements say %(kept)s left and %(shipped)s shipped. Find the movement that was changed.",
        ),
        Check(
            "I08",
            "storage_months_are_sums_of_charges",
            _STORAGE_SUMS,
            "Storage %(subject)s says %(told)s, its charges sum to %(charged)s.",
        ),
        Check(
            "I08",
            "invoice_numbers_have_no_gap",
            _NUMBERS,
            "Invoices of %(subject)s: %(last)s numbers were drawn, %(written)s invoices are there, the highest number "
            "is %(highest)s.",
        ),
        Check(
            "I08",
            "invoices_are_their_bills",
            _INVOICES,
            "Invoice %(subject)s says %(told)s, its rates sum to %(rates)s and the lines of its bill to %(lines)s, or "
            "the tax of a rate is wrong, or it is below nothing.",
        ),
        Check(
            "I08",
            "credit_notes_gave_back",
            _NOTES,
            "Credit note %(subject)s gives %(back)s back of invoice %(first)s (%(total)s), the lines of its bill were "
            "credited %(credited)s for it, or more than the invoice was given back.",
        ),
        Check(
            "I08",
            "no_line_is_credited_beyond_itself",
            _LINE_CREDITS,
            "Bill %(subject)s: %(credited)s were given back of line %(number)s, which is %(amount)s.",
        ),
        Check(
            "I08",
            "credits_have_their_note",
            _UNNOTED,
            "Bill %(subject)s: %(credited)s were credited for %(cause)s and its invoice has no credit note for it.",
        ),
        code_check("billing_statement", "STM"),
        code_check("billing_storagemonth", "STO"),
    ),
    counts={
        "bills_closed": "SELECT count(*) FROM billing_statement WHERE status <> 'running'",
        "bill_lines": "SELECT count(*) FROM billing_statementline",
        "invoices": "SELECT count(*) FROM billing_invoice",
    },
    references=(
        Reference("billing_statementline", "charge_id", "pricing_charge"),
        Reference("billing_statementline", "wallet_entry_id", "wallet_entry"),
        Reference("billing_statementline", "also_entry_id", "wallet_entry"),
    ),
)
