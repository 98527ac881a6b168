"""The lists a firm chooses from (A013, A048): codes only; the words for them are at the edge."""

from __future__ import annotations

INDUSTRIES = (
    *("fashion", "accessories", "beauty", "health", "food", "home", "electronics", "hobby", "sports", "kids"),
    *("pets", "books", "automotive", "other"),
)
BUSINESS_TYPES = ("online_shop", "retail", "wholesale", "manufacturer", "import_export", "agency", "service", "other")
BUSINESS_MODELS = ("own_brand", "resale", "made_to_order", "dropshipping", "mixed")
ONLINE_EXPERIENCE = ("none", "under_1_year", "1_to_3_years", "over_3_years")
# Where sellers sell (A025). `files` is whoever brings orders as CSV: no sales site is needed (L38).
SALES_SITES = (
    *("qoo10", "rakuten", "yahoo_shopping", "amazon", "aliexpress", "shopify", "coupang", "smartstore"),
    *("own_site", "files", "other"),
)
