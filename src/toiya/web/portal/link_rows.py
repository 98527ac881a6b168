"""Listings as the page of links shows them, and what was chosen there read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import link_queries, telling_queries
from toiya.domain.channels.link_rules import Proposal, Why, needs_hs_code
from toiya.domain.channels.models import Listing
from toiya.domain.channels.number_rules import PLAIN, NumberRule, number_to_show
from toiya.domain.channels.sql import shelf
from toiya.web.portal.searching import clean, skus_matching
from toiya.web.shared.whole_numbers import whole_number

MOST_CHOICES = 8
MOST_CHOSEN = 500
DO_NOT_SET = "-"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One listing with its SKU, or the one proposed; `shows` is the number we would tell the site."""

    listing: Listing
    sku: Sku | None
    proposal: Proposal | None
    available: int
    rule: NumberRule = PLAIN

    @property
    def pieces(self) -> int:
        """Pieces in the field: the link's, else the proposal's."""
        return self.proposal.pieces if self.proposal else self.listing.pieces

    @property
    def shows(self) -> int:
        """The stock number we tell the site for it."""
        return number_to_show(self.available, self.pieces, self.rule)

    @property
    def has_rule(self) -> bool:
        """Whether it may show less than what is there."""
        return self.rule != PLAIN

    @property
    def is_likely(self) -> bool:
        """Whether it is ticked from the start: same code or barcode."""
        return self.proposal is not None and self.proposal.why is not Why.WORDS

    @property
    def why(self) -> str:
        """What speaks for the proposal, in words."""
        if self.proposal is None:
            return ""
        if self.proposal.why is Why.WORDS:
            return _("words %(percent)s %%") % {"percent": self.proposal.confidence}
        return _("same code") if self.proposal.why is Why.CODE else _("same barcode")

    @property
    def lacks_hs_code(self) -> bool:
        """Whether its carrier service needs an HS code that it does not have (A099)."""
        sku = self.listing.sku
        return sku is not None and not sku.hs_code and needs_hs_code(sku.preferred_service)


def rows_of(actor: Actor, found: Sequence[Listing], at: datetime) -> list[LinkRow]:
    """The listings with their SKUs or proposals and stock; a constant number of statements."""
    if not found:
        return []
    seller_id = found[0].seller_id
    proposals = link_queries.proposals(seller_id, found)
    wanted = {proposal.sku_id for proposal in proposals.values()}
    skus = Sku.objects.visible_to(actor).in_bulk(wanted) if wanted else {}
    sku_ids = {row.sku_id for row in found if row.sku_id} | wanted
    available = shelf.promisable(seller_id, sorted(sku_ids), at)
    rules = telling_queries.rules_of(found)
    rows = []
    for listing in found:
        proposal = proposals.get(listing.pk)
        sku = skus.get(proposal.sku_id) if proposal else listing.sku
        there = available.get(sku.pk, 0) if sku else 0
        rows.append(LinkRow(listing, sku, proposal, there, rules[listing.pk]))
    return rows


def listings_matching(found: QuerySet[Listing], words: str) -> QuerySet[Listing]:
    """Listings by the site's number, a code, or part of title or option."""
    text = clean(words)
    if not text:
        return found
    return found.filter(
        Q(external_id=text)
        | Q(item_code__istartswith=text)
        | Q(option_code__istartswith=text)
        | Q(title__icontains=text)
        | Q(option__icontains=text)
        | Q(sku__code__startswith=text)
        | Q(sku__seller_code__istartswith=text)
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for one listing: a SKU, or several that the words may mean, or a trouble to mend."""

    listing: Listing
    words: str
    pieces: int
    sku: Sku | None = None
    others: tuple[Sku, ...] = ()
    trouble: str = ""
    shows: int = 0

    @property
    def is_good(self) -> bool:
        """Whether it can be applied as it is."""
        return not self.trouble and not self.others


def choices_of(actor: Actor, query: QueryDict, at: datetime) -> list[Choice]:
    """Read the ticked rows of the form; each SKU by any code, barcode or words."""
    ids = [int(text) for text in query.getlist("selected") if text.isascii() and text.isdigit()][:MOST_CHOSEN]
    found = Listing.objects.visible_to(actor).filter(pk__in=ids).select_related("connection", "sku")
    listings = list(found.order_by("pk"))
    words = {row.pk: clean(query.get(f"sku-{row.pk}", "")) for row in listings}
    known = _by_code(actor, words.values())
    choices = [
        _choice(actor, row, words[row.pk], _pieces(query.get(f"pieces-{row.pk}", "1")), known) for row in listings
    ]
    return _with_numbers(choices, at)


def _by_code(actor: Actor, words: Iterable[str]) -> dict[str, Sku]:
    codes = {text for text in words if text and text != DO_NOT_SET}
    exact = Sku.objects.visible_to(actor).filter(Q(code__in=codes) | Q(seller_code__in=codes))
    found: dict[str, Sku] = {}
    for sku in exact:
        found |= {sku.code: sku} | ({sku.seller_code: sku} if sku.seller_code else {})
    return found


def _pieces(text: str) -> int:
    return whole_number(clean(text)) or 0


def _choice(actor: Actor, row: Listing, words: str, pieces: int, known: Mapping[str, Sku]) -> Choice:
    if not 1 <= pieces <= 1000:
        return Choice(row, words, 1, trouble=_("Enter 1 to 1,000 pieces."))
    if words == DO_NOT_SET:
        return Choice(row, words, 1)
    if not words:
        return Choice(row, words, pieces, trouble=_("Enter a SKU, or leave the listing out."))
    if words in known:
        return Choice(row, words, pieces, known[words])
    found = list(skus_matching(Sku.objects.visible_to(actor), words, actor).order_by("name", "code")[:MOST_CHOICES])
    if len(found) == 1:
        return Choice(row, words, pieces, found[0])
    if found:
        return Choice(row, words, pieces, others=tuple(found))
    return Choice(row, words, pieces, trouble=_("No SKU matches these words. Search another code or word."))


def _with_numbers(choices: Sequence[Choice], at: datetime) -> list[Choice]:
    sku_ids = sorted({choice.sku.pk for choice in choices if choice.sku})
    available = shelf.promisable(choices[0].listing.seller_id, sku_ids, at) if sku_ids else {}
    rules = telling_queries.rules_of(choice.listing for choice in choices) if sku_ids else {}
    return [replace(each, shows=_shows(each, available, rules)) for each in choices]


def _shows(choice: Choice, available: Mapping[int, int], rules: Mapping[int, NumberRule]) -> int:
    if choice.sku is None:
        return 0
    return number_to_show(available.get(choice.sku.pk, 0), choice.pieces, rules[choice.listing.pk])


def tabs(view: str, counts: link_queries.Counts, query: QueryDict) -> list[dict[str, Any]]:
    """The views with their sizes; the other filters stay."""
    words = {"open": _("Not linked"), "linked": _("Linked"), "gone": _("Gone from the site"), "all": _("All")}
    return [
        {
            "label": word,
            "url": "?" + _query(query, view=name),
            "count": getattr(counts, name),
            "current": name == view,
        }
        for name, word in words.items()
    ]


def _query(query: QueryDict, **changed: str) -> str:
    kept = query.copy()
    kept.pop("at", None)
    for name, value in changed.items():
        kept[name] = value
    return kept.urlencode()
