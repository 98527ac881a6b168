"""What must always be true of the ledger of money."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.domain.wallet.events import WalletToppedUp
from toiya.domain.wallet.rules import ALLOWED, MoneyKind

_POSTINGS = """
SELECT coalesce(s.code, 'seller ' || p.seller_id) AS subject, p.id AS posting, p.kind, p.currency,
       count(e.id) AS entries, coalesce(sum(e.amount_minor), 0) AS total
FROM wallet_posting p LEFT JOIN wallet_entry e ON e.posting_id = p.id LEFT JOIN members_seller s ON s.id = p.seller_id
GROUP BY p.id, s.code HAVING count(e.id) < 2 OR coalesce(sum(e.amount_minor), 0) <> 0
"""
_BALANCES = """
SELECT coalesce(s.code, 'seller ' || a.seller_id) AS subject, a.kind, a.currency, a.balance_minor AS booked,
       coalesce(e.total, 0) AS entered
FROM wallet_account a
LEFT JOIN (SELECT account_id, sum(amount_minor) AS total FROM wallet_entry GROUP BY account_id) e
       ON e.account_id = a.id
LEFT JOIN members_seller s ON s.id = a.seller_id
WHERE a.balance_minor <> coalesce(e.total, 0)
"""
_ACCOUNTS = """
SELECT coalesce(s.code, 'seller ' || a.seller_id) AS subject, a.currency, sum(a.balance_minor) AS total
FROM wallet_account a LEFT JOIN members_seller s ON s.id = a.seller_id
GROUP BY s.code, a.seller_id, a.currency HAVING sum(a.balance_minor) <> 0
"""
_LIMITS = """
SELECT coalesce(s.code, 'seller ' || a.seller_id) AS subject, a.kind, a.currency, a.balance_minor AS balance,
       CASE a.kind WHEN 'free' THEN -a.credit_limit_minor ELSE 0 END AS "limit"
FROM wallet_account a LEFT JOIN members_seller s ON s.id = a.seller_id
WHERE a.kind IN ('free', 'reserved', 'advertising')
  AND a.balance_minor < CASE a.kind WHEN 'free' THEN -a.credit_limit_minor ELSE 0 END
   OR a.kind IN ('owed', 'debt') AND a.balance_minor > 0
"""
_CURRENCIES = """
SELECT coalesce(s.code, 'seller ' || e.seller_id) AS subject, e.id AS entry, p.currency AS posted,
       a.currency AS account
FROM wallet_entry e JOIN wallet_posting p ON p.id = e.posting_id JOIN wallet_account a ON a.id = e.account_id
LEFT JOIN members_seller s ON s.id = e.seller_id
WHERE p.currency <> a.currency
"""
# In a posting of several causes only the side that gives names each of them: that is where the amounts are negative.
_RESERVATIONS = """
SELECT source AS subject, currency, coalesce(r.status, 'missing') AS status, coalesce(r.amount_minor, 0) AS amount,
       coalesce(t.reserved, 0) AS reserved, coalesce(t.captured, 0) AS captured, coalesce(t.voided, 0) AS voided
FROM wallet_reservation r FULL JOIN (
    SELECT e.seller_id, e.source, p.currency,
           count(*) FILTER (WHERE p.kind IN ('reserve', 'defer')) AS reserved,
           count(*) FILTER (WHERE p.kind = 'capture') AS captured,
           count(*) FILTER (WHERE p.kind IN ('void', 'void_defer')) AS voided,
           min(-e.amount_minor) AS least, max(-e.amount_minor) AS most
    FROM wallet_entry e JOIN wallet_posting p ON p.id = e.posting_id
    WHERE p.kind IN ('reserve', 'defer', 'capture', 'void', 'void_defer') AND e.amount_minor < 0
    GROUP BY e.seller_id, e.source, p.currency
) t USING (seller_id, source, currency)
WHERE r.id IS NULL OR t.reserved IS DISTINCT FROM 1
   OR t.captured IS DISTINCT FROM (r.status = 'captured')::int OR t.voided IS DISTINCT FROM (r.status = 'voided')::int
   OR t.least <> r.amount_minor OR t.most <> r.amount_minor
"""
_OPEN = """
SELECT coalesce(s.code, 'seller ' || seller_id) AS subject, currency, coalesce(a.balance_minor, 0) AS balance,
       coalesce(r.total, 0) AS total
FROM (SELECT seller_id, currency, balance_minor FROM wallet_account WHERE kind = 'reserved') a
FULL JOIN (
    SELECT seller_id, currency, sum(amount_minor) AS total FROM wallet_reservation
    WHERE status = 'open' GROUP BY seller_id, currency
) r USING (seller_id, currency)
LEFT JOIN (SELECT id, code FROM members_seller) s ON s.id = seller_id
WHERE coalesce(a.balance_minor, 0) <> coalesce(r.total, 0)
"""
_OWED = """
SELECT coalesce(s.code, 'seller ' || seller_id) AS subject, currency, coalesce(-a.balance_minor, 0) AS balance,
       coalesce(r.total, 0) AS total
FROM (SELECT seller_id, currency, balance_minor FROM wallet_account WHERE kind = 'owed') a
FULL JOIN (
    SELECT seller_id, currency, sum(amount_minor) AS total FROM wallet_reservation
    WHERE is_owed AND status <> 'voided' GROUP BY seller_id, currency
) r USING (seller_id, currency)
LEFT JOIN (SELECT id, code FROM members_seller) s ON s.id = seller_id
WHERE coalesce(-a.balance_minor, 0) <> coalesce(r.total, 0)
"""
# The side that gives names each cause. A charge that two purses shared is two postings of one cause, and so is money
# taken back that was partly spent.
_BOOKED = """
SELECT source AS subject, kind, currency, coalesce(b.amount_minor, 0) AS booked, coalesce(t.total, 0) AS posted
FROM wallet_booked b FULL JOIN (
    SELECT e.seller_id, e.source, p.currency, -sum(e.amount_minor) AS total,
           CASE p.kind WHEN 'charge_ads' THEN 'charge' WHEN 'owe_back' THEN 'take_back' ELSE p.kind END AS kind
    FROM wallet_entry e JOIN wallet_posting p ON p.id = e.posting_id
    WHERE p.kind IN ('charge', 'charge_ads', 'compensate', 'settle_sale', 'grant', 'cover', 'take_back', 'owe_back',
                     'take_credit', 'unsettle') AND e.amount_minor < 0
    GROUP BY 1, 2, 3, 5
) t USING (seller_id, kind, source, currency)
WHERE coalesce(b.amount_minor, 0) <> coalesce(t.total, 0)
"""
_USES = """
SELECT e.source AS subject, coalesce(b."use", '') AS "use", p.currency, -e.amount_minor AS amount
FROM wallet_posting p JOIN wallet_entry e ON e.posting_id = p.id AND e.amount_minor < 0
LEFT JOIN wallet_booked b ON b.seller_id = p.seller_id AND b.source = e.source
  AND b.kind = CASE p.kind WHEN 'charge_ads' THEN 'charge' ELSE p.kind END
WHERE p.kind IN ('charge_ads', 'cover') AND coalesce(b."use", '') NOT IN ({uses})
""".format(uses=", ".join(f"'{use}'" for use in sorted(ALLOWED[MoneyKind.ADVERTISING])))
# A deposit, a gift code or a card's money is a top-up under its own code (with a number after it was taken back), to
# the same yen, less what was taken back of it.
_PAID_IN = """
SELECT code AS subject, coalesce(p.currency, t.currency) AS currency, coalesce(p.amount_minor, 0) AS came,
       coalesce(t.amount_minor, 0) AS booked
FROM (
    SELECT seller_id, code, currency, amount_minor FROM wallet_deposit WHERE status = 'booked'
    UNION ALL SELECT seller_id, code, currency, amount_minor FROM wallet_giftcode WHERE status = 'redeemed'
    UNION ALL SELECT seller_id, code, currency, amount_minor FROM wallet_cardpayment WHERE status = 'paid'
    UNION ALL SELECT seller_id, code, currency, amount_minor FROM wallet_topup WHERE code <> '' AND status = 'booked'
) p FULL JOIN (
    SELECT seller_id, code, min(currency) AS currency, sum(amount_minor) AS amount_minor FROM (
        SELECT seller_id, split_part(token, ' ', 1) AS code, currency, amount_minor FROM wallet_topup
        WHERE token ~ '^(DEP|GFT|CRD)-[2-9A-Z]{6,}-[2-9A-Z]( [0-9]+)?$'
        UNION ALL SELECT seller_id, code, currency, amount_minor FROM wallet_topup WHERE code <> ''
        UNION ALL SELECT seller_id, source, currency, amount_minor FROM wallet_booked
        WHERE kind = 'grant' AND source LIKE 'GFT-%%'
        UNION ALL SELECT seller_id, cause, currency, -amount_minor FROM wallet_reversal WHERE status = 'done'
    ) moved GROUP BY seller_id, code
) t USING (seller_id, code)
WHERE coalesce(p.amount_minor, 0) <> coalesce(t.amount_minor, 0) OR p.currency <> t.currency
"""
_SETTLED = """
SELECT s.order_code AS subject, s.currency, s.settled_minor AS settled, coalesce(b.amount_minor, 0) AS booked
FROM wallet_sale s LEFT JOIN (
    SELECT seller_id, split_part(source, ' ', 1) AS order_code,
           sum(CASE kind WHEN 'unsettle' THEN -amount_minor ELSE amount_minor END) AS amount_minor
    FROM wallet_booked WHERE kind IN ('settle_sale', 'unsettle') GROUP BY 1, 2
) b USING (seller_id, order_code)
WHERE CASE s.status WHEN 'settled' THEN s.settled_minor ELSE 0 END <> coalesce(b.amount_minor, 0)
"""
# What is taken back is in the ledger under the reversal's code, and what was spent of it is a debt.
_REVERSALS = """
SELECT r.code AS subject, r.currency, r.amount_minor AS amount, r.owed_minor AS owed,
       coalesce(t.amount, 0) AS booked, coalesce(t.owed, 0) AS debt
FROM wallet_reversal r LEFT JOIN (
    SELECT e.seller_id, e.source AS code, -sum(e.amount_minor) AS amount,
           coalesce(-sum(e.amount_minor) FILTER (WHERE p.kind = 'owe_back'), 0) AS owed
    FROM wallet_entry e JOIN wallet_posting p ON p.id = e.posting_id
    WHERE p.kind IN ('take_back', 'owe_back', 'take_credit') AND e.amount_minor < 0 GROUP BY 1, 2
) t USING (seller_id, code)
WHERE CASE r.status WHEN 'done' THEN r.amount_minor ELSE 0 END <> coalesce(t.amount, 0)
   OR r.owed_minor <> coalesce(t.owed, 0)
"""
_DEBTS = """
SELECT s.code AS subject, d.currency, -d.balance_minor AS debt, f.balance_minor AS free
FROM wallet_account d JOIN wallet_account f ON f.seller_id = d.seller_id AND f.currency = d.currency AND f.kind = 'free'
JOIN members_seller s ON s.id = d.seller_id
WHERE d.kind = 'debt' AND d.balance_minor < 0 AND f.balance_minor > 0
"""
_WAITING = """
SELECT s.order_code AS subject, s.currency, s.expected_minor AS expected, sum(r.amount_minor) AS waiting
FROM wallet_sale s JOIN wallet_reservation r ON r.seller_id = s.seller_id AND r.sale = s.order_code
WHERE r.is_owed AND r.status <> 'voided' AND s.status = 'awaited'
GROUP BY s.id HAVING sum(r.amount_minor) > s.expected_minor
"""
_TOP_UPS = f"""
SELECT coalesce(s.code, 'seller ' || seller_id) AS subject, currency, coalesce(p.total, 0) AS posted,
       coalesce(t.total, 0) AS told
FROM (
    SELECT p.seller_id, p.currency, sum(e.amount_minor) AS total
    FROM wallet_posting p JOIN wallet_entry e ON e.posting_id = p.id AND e.amount_minor > 0
    WHERE p.kind = 'top_up' GROUP BY p.seller_id, p.currency
) p FULL JOIN (
    SELECT seller_id, data ->> 'currency' AS currency, sum((data ->> 'amount_minor')::bigint) AS total
    FROM core_event WHERE name = '{WalletToppedUp.NAME}' GROUP BY seller_id, data ->> 'currency'
) t USING (seller_id, currency)
LEFT JOIN (SELECT id, code FROM members_seller) s ON s.id = seller_id
WHERE coalesce(p.total, 0) <> coalesce(t.total, 0)
"""  # noqa: S608

TRUTHS = Truths(
    checks=(
        Check(
            "I06",
            "postings_sum_to_zero",
            _POSTINGS,
            "Wallet of %(subject)s: posting %(posting)s (%(kind)s) has %(entries)s entries that sum to %(currency)s "
            "%(total)s instead of 0.",
        ),
        Check(
            "I06",
            "account_is_sum_of_entries",
            _BALANCES,
            "Wallet of %(subject)s: account %(kind)s says %(currency)s %(booked)s, its entries say %(entered)s.",
        ),
        Check(
            "I06",
            "accounts_sum_to_zero",
            _ACCOUNTS,
            "Wallet of %(subject)s: its accounts sum to %(currency)s %(total)s instead of 0.",
        ),
        Check(
            "I06",
            "accounts_within_limits",
            _LIMITS,
            "Wallet of %(subject)s: account %(kind)s is %(currency)s %(balance)s, past its limit of %(limit)s.",
        ),
        Check(
            "I06",
            "entries_in_one_currency",
            _CURRENCIES,
            "Wallet of %(subject)s: entry %(entry)s of a posting in %(posted)s stands on an account in %(account)s.",
        ),
        Check(
            "I07",
            "reservations_end_once",
            _RESERVATIONS,
            "Reservation for %(subject)s is %(status)s with %(currency)s %(amount)s, but the ledger set it aside "
            "%(reserved)s times, took it %(captured)s times and gave it back %(voided)s times, or other amounts.",
        ),
        Check(
            "I07",
            "open_reservations_are_reserved",
            _OPEN,
            "Wallet of %(subject)s: %(currency)s %(balance)s are set aside, the open reservations sum to %(total)s.",
        ),
        Check(
            "I07",
            "owed_is_what_sales_are_to_pay",
            _OWED,
            "Wallet of %(subject)s: %(currency)s %(balance)s are owed from sales to come, the reservations that wait "
            "for one sum to %(total)s.",
        ),
        Check(
            "I07",
            "causes_are_booked_once",
            _BOOKED,
            "%(subject)s: %(currency)s %(booked)s are noted as booked (%(kind)s), the ledger has %(posted)s.",
        ),
        Check(
            "I07",
            "advertising_credit_pays_what_it_may",
            _USES,
            "%(subject)s: %(currency)s %(amount)s of a fee for %(use)s were paid with advertising credit, which may "
            "not pay it.",
        ),
        Check(
            "I07",
            "money_in_has_its_cause",
            _PAID_IN,
            "%(subject)s: %(currency)s %(came)s came in, %(booked)s were booked for it.",
        ),
        Check(
            "I07",
            "settled_sales_are_booked",
            _SETTLED,
            "Sale %(subject)s: the site paid %(currency)s %(settled)s, %(booked)s were booked.",
        ),
        Check(
            "I07",
            "money_back_is_in_the_ledger",
            _REVERSALS,
            "%(subject)s: %(currency)s %(amount)s were taken back and %(owed)s of them are owed; the ledger has "
            "%(booked)s and %(debt)s.",
        ),
        Check(
            "I06",
            "free_money_pays_debts_first",
            _DEBTS,
            "Wallet of %(subject)s: %(currency)s %(free)s are free beside a debt of %(debt)s.",
        ),
        Check(
            "I07",
            "fees_fit_their_sale",
            _WAITING,
            "Sale %(subject)s may bring %(currency)s %(expected)s, but fees of %(waiting)s wait for it.",
        ),
        Check(
            "I18",
            "top_ups_were_told",
            _TOP_UPS,
            "Wallet of %(subject)s: %(currency)s %(posted)s were topped up, the events tell of %(told)s.",
        ),
    ),
    counts={
        "postings": "SELECT count(*) FROM wallet_posting",
        "entries": "SELECT count(*) FROM wallet_entry",
        "reservations": "SELECT count(*) FROM wallet_reservation",
    },
    references=(
        Reference("wallet_posting", "seller_id", "members_seller"),
        Reference("wallet_booked", "seller_id", "members_seller"),
        Reference("wallet_entry", "seller_id", "members_seller"),
        Reference("wallet_entry", "posting_id", "wallet_posting"),
        Reference("wallet_entry", "account_id", "wallet_account"),
    ),
)
