"""What must always be true of debts: sums agree, money was taken, and nobody stands still without owing."""

from __future__ import annotations

from toiya.core.checks import Check, Level, Truths
from toiya.core.own_checks import code_check

_SUMS = """
SELECT r.code AS subject, r.amount_minor AS amount, coalesce(l.total, 0) AS lines, r.paid_minor AS paid,
       coalesce(p.total, 0) AS payments, r.credited_minor AS credited,
       coalesce(d.total, 0) + coalesce(k.total, 0) AS credits
FROM dues_paymentrequest r
LEFT JOIN (SELECT request_id, sum(amount_minor) AS total FROM dues_requestline GROUP BY request_id) l
       ON l.request_id = r.id
LEFT JOIN (SELECT request_id, sum(amount_minor) AS total FROM dues_payment GROUP BY request_id) p
       ON p.request_id = r.id
LEFT JOIN (
    SELECT l.request_id, sum(d.credit_minor) AS total FROM dues_dispute d JOIN dues_requestline l ON l.id = d.line_id
    WHERE l.bill_line_id IS NULL GROUP BY l.request_id
) d ON d.request_id = r.id
LEFT JOIN (
    SELECT l.request_id, sum(k.amount_minor) AS total FROM dues_requestline l
    JOIN billing_linecredit k ON k.line_id = l.bill_line_id GROUP BY l.request_id
) k ON k.request_id = r.id
WHERE r.amount_minor <> coalesce(l.total, 0) OR r.paid_minor <> coalesce(p.total, 0)
   OR r.status <> 'withdrawn'
      AND r.credited_minor <> least(coalesce(d.total, 0) + coalesce(k.total, 0), r.amount_minor)
"""
_STATES = """
SELECT code AS subject, status, amount_minor - credited_minor - paid_minor + refunded_minor AS owed
FROM dues_paymentrequest
WHERE CASE status
    WHEN 'paid' THEN amount_minor - credited_minor - paid_minor + refunded_minor <> 0 OR completed_at IS NULL
    WHEN 'withdrawn' THEN paid_minor <> 0 OR completed_at IS NULL
    WHEN 'part_paid' THEN amount_minor - credited_minor - paid_minor + refunded_minor <= 0 OR paid_minor = 0
    ELSE amount_minor - credited_minor - paid_minor + refunded_minor <= 0 OR paid_minor <> 0
END
"""
_TAKEN = """
SELECT p.code AS subject, p.amount_minor AS amount, coalesce(w.total, 0) AS taken FROM dues_payment p
LEFT JOIN (
    SELECT e.seller_id, e.source, sum(e.amount_minor) AS total FROM wallet_entry e
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'fees' WHERE e.source LIKE 'PMT-%%'
    GROUP BY e.seller_id, e.source
) w ON w.source = p.code AND w.seller_id = p.seller_id
WHERE p.amount_minor <> coalesce(w.total, 0)
"""
_REFUNDED = """
SELECT r.code AS subject, r.refunded_minor AS refunded, coalesce(w.total, 0) AS given FROM dues_paymentrequest r
LEFT JOIN (
    SELECT l.request_id, sum(e.amount_minor) AS total FROM dues_dispute d JOIN dues_requestline l ON l.id = d.line_id
    JOIN wallet_entry e ON e.source = d.code AND e.seller_id = d.seller_id
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'free' GROUP BY l.request_id
) w ON w.request_id = r.id
WHERE r.refunded_minor <> coalesce(w.total, 0)
  AND NOT EXISTS (SELECT 1 FROM billing_statement s WHERE s.seller_id = r.seller_id AND s.code = r.subject)
"""
# Of a bill: what notes took from lines the wallet had paid, and what its requests gave back, is what the wallet got.
_BILLS = """
SELECT s.code AS subject, coalesce(n.total, 0) AS noted, coalesce(r.refunded, 0) AS refunded,
       coalesce(w.total, 0) AS given
FROM billing_statement s
LEFT JOIN (
    SELECT l.statement_id, sum(k.amount_minor) AS total FROM billing_linecredit k
    JOIN billing_statementline l ON l.id = k.line_id WHERE k.kind = 'note' AND l.origin = 'taken'
    GROUP BY l.statement_id
) n ON n.statement_id = s.id
LEFT JOIN (
    SELECT seller_id, subject, sum(refunded_minor) AS refunded FROM dues_paymentrequest WHERE kind = 'statement'
    GROUP BY seller_id, subject
) r ON r.seller_id = s.seller_id AND r.subject = s.code
LEFT JOIN (
    SELECT c.statement_id, sum(e.amount_minor) AS total FROM (
        SELECT DISTINCT l.statement_id, k.seller_id, k.cause FROM billing_linecredit k
        JOIN billing_statementline l ON l.id = k.line_id
    ) c JOIN wallet_entry e ON e.seller_id = c.seller_id AND e.source = c.cause
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'free' GROUP BY c.statement_id
) w ON w.statement_id = s.id
WHERE coalesce(n.total, 0) + coalesce(r.refunded, 0) <> coalesce(w.total, 0)
"""
# A request presses while more is owed than is in dispute; one that presses and was suspended keeps its seller still.
_PRESSING = """
    SELECT r.id, r.seller_id, r.code,
           bool_or(s.step = 'stop') AS is_stopped, bool_or(s.step = 'suspension') AS is_suspended
    FROM dues_paymentrequest r JOIN dues_dunningstep s ON s.request_id = r.id AND s.round = r.round
    WHERE r.status IN ('to_pay', 'part_paid') AND s.step IN ('suspension', 'stop')
      AND r.amount_minor - r.credited_minor - r.paid_minor + r.refunded_minor > (
        SELECT coalesce(sum(l.amount_minor - (
            SELECT coalesce(sum(k.amount_minor), 0) FROM billing_linecredit k WHERE k.line_id = l.bill_line_id
        )), 0) FROM dues_dispute d JOIN dues_requestline l ON l.id = d.line_id
        WHERE l.request_id = r.id AND d.status = 'open'
      )
    GROUP BY r.id, r.seller_id, r.code
"""
_STANDING = f"""
SELECT coalesce(s.code, 'seller ' || seller_id) AS subject, coalesce(t.stage, 'none') AS stage,
       coalesce(p.wanted, 'none') AS wanted
FROM (SELECT seller_id, stage FROM members_standstill) t
FULL JOIN (
    SELECT seller_id, CASE WHEN bool_or(is_stopped) THEN 'service' ELSE 'dispatch' END AS wanted
    FROM ({_PRESSING}) q GROUP BY seller_id
) p USING (seller_id)
LEFT JOIN (SELECT id, code FROM members_seller) s ON s.id = seller_id
WHERE t.stage IS DISTINCT FROM p.wanted
"""  # noqa: S608
_HELD = """
SELECT o.code AS subject FROM orders_hold h JOIN orders_order o ON o.id = h.order_id
WHERE h.code = 'fees_unpaid' AND h.lifted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM members_standstill t WHERE t.seller_id = h.seller_id)
"""
_NOT_HELD = """
SELECT o.code AS subject FROM members_standstill t JOIN orders_openorder w ON w.seller_id = t.seller_id
JOIN orders_order o ON o.id = w.order_id
WHERE o.placed_at < %(at)s::timestamptz - interval '10 minutes'
  AND NOT (t.stage = 'service' AND o.channel = 'removal')  -- goods that go home
  AND NOT EXISTS (
    SELECT 1 FROM orders_hold h WHERE h.order_id = o.id AND h.code = 'fees_unpaid' AND h.lifted_at IS NULL
)
"""
# Nobody is suspended, stopped or sent goods back without the step before, which announced it.
_UNTOLD = """
SELECT r.code AS subject, s.step FROM dues_dunningstep s JOIN dues_paymentrequest r ON r.id = s.request_id
WHERE s.step IN ('suspension', 'stop', 'return') AND NOT EXISTS (
    SELECT 1 FROM dues_dunningstep b WHERE b.request_id = s.request_id AND b.round = s.round
    AND b.taken_on <= s.taken_on
    AND b.step = CASE s.step WHEN 'suspension' THEN 'reminder' WHEN 'stop' THEN 'warning' ELSE 'stop' END
)
"""
_PLANS = """
SELECT p.code AS subject, p.status FROM dues_returnplan p
WHERE p.status IN ('prepared', 'agreed') AND NOT EXISTS (
    SELECT 1 FROM members_standstill t WHERE t.seller_id = p.seller_id AND t.stage = 'service'
)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I41",
            "payment_requests_add_up",
            _SUMS,
            "Request %(subject)s: %(amount)s asked for, its lines sum to %(lines)s; %(paid)s paid by payments of "
            "%(payments)s; %(credited)s credited by disputes and notes of %(credits)s.",
        ),
        Check(
            "I41",
            "payment_requests_stand_as_they_owe",
            _STATES,
            "Request %(subject)s is %(status)s, and %(owed)s is owed.",
        ),
        Check(
            "I41",
            "payments_were_taken",
            _TAKEN,
            "Payment %(subject)s is of %(amount)s, the wallet gave %(taken)s for it.",
        ),
        Check(
            "I41",
            "credits_were_given_back",
            _REFUNDED,
            "Request %(subject)s says that %(refunded)s went back to the wallet, the wallet got %(given)s.",
        ),
        Check(
            "I41",
            "credits_of_bills_were_given_back",
            _BILLS,
            "Bill %(subject)s: notes gave %(noted)s back of what the wallet had paid and its requests %(refunded)s of "
            "what was paid too much; the wallet got %(given)s.",
        ),
        Check(
            "I42",
            "sellers_stand_still_for_what_they_owe",
            _STANDING,
            "Seller %(subject)s stands still as %(stage)s; by what it owes it should be %(wanted)s.",
        ),
        Check(
            "I42",
            "holds_for_fees_end_with_the_debt",
            _HELD,
            "Order %(subject)s is held for unpaid fees, and its seller does not stand still.",
        ),
        Check(
            "I42",
            "orders_of_sellers_that_stand_still_are_held",
            _NOT_HELD,
            "Order %(subject)s is of a seller that stands still and says nothing of it yet.",
            Level.OPEN,
        ),
        Check(
            "I42",
            "steps_were_announced",
            _UNTOLD,
            "Request %(subject)s went on to %(step)s without the step that announces it.",
        ),
        Check(
            "I42",
            "returns_wait_for_stopped_sellers",
            _PLANS,
            "Return %(subject)s is %(status)s, and the service of its seller is not stopped.",
        ),
        code_check("dues_paymentrequest", "PAY"),
        code_check("dues_payment", "PMT"),
        code_check("dues_dispute", "DSP"),
        code_check("dues_returnplan", "RTP"),
    ),
    counts={
        "payment_requests": "SELECT count(*) FROM dues_paymentrequest",
        "sellers_that_stand_still": "SELECT count(*) FROM members_standstill",
    },
)
