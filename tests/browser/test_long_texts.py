"""
Every page in a language 40 % longer than English: nothing is cut, nothing scrolls sideways, no word is left English.

The pages are found, not listed: each address of the house that answers a seller, or the operator, with a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.architecture.belongings import Belongings, belongings
from tests.architecture.test_tenancy import filled, owned_paths
from tests.browser.longer_tongue import left_outside, spoken
from tests.floor_world import a_person
from tests.world import a_member
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.channels.models import Connection
from toiya.domain.imports.models import ImportRow
from toiya.domain.members.models import ApiKey, Application, Seller, User
from toiya.domain.orders.models import Line
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.access import views_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
WIDTHS = (360, 1280)
NOT_PAGES = ("sign-out/", "static/", "design/", "floor/")
# Data and names, the same in every language: codes, addresses, units, currencies, brands, roads, sizes.
DATA = re.compile(
    r"Abroad, by the carrier's form|Test carrier|Shift_JIS|Asia/Tokyo"  # names of carriers, encodings, zones
    r"|[A-Z]{2,7}-[\w-]+|[\w.+-]+@[\w.-]+|https?://\S+|/[\w/-]+"
    r"|\b(?:JST|JPY|USD|EUR|KRW|CNY|SGD|CSV|PDF|xlsx|csv|Excel|API|SKUs?|JAN"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|world|Floor_Lead|certificate\.pdf|paper\.pdf|Storage 1|bytes|transfer|default|nekopos|"
    r"sheet|utf|DAMAGED|pcs|test_carrier|owner"  # names of the tests, codes
    r"|English"  # a language in its own name
    r"|Toiya|Qoo10|QSM|AliExpress|Shopify|Nekopos|Yamato|Sagawa|toiya_\w*)\b|\w*\d[\w.]*"
)
CUT = """
() => [...document.body.querySelectorAll('*')].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  if (!box.width || box.width <= 1 || style.visibility !== 'visible') return false;
  if (each.closest('.vh,.skip,svg,select')) return false;
  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const cuts = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
  return own && cuts && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map(each => each.outerHTML.slice(0, 160))
"""

# What is marked with a language of its own is data: an agreement's deciding text, a name.
OWN_WORDS = """
() => {
  const own = document.documentElement.lang, others = [...document.body.querySelectorAll('[lang]')];
  const hidden = others.filter(each => each.lang !== own);
  hidden.forEach(each => { each.hidden = true; each.dataset.was = each.style.display; each.style.display = 'none'; });
  const words = document.body.innerText;
  hidden.forEach(each => { each.hidden = false; each.style.display = each.dataset.was; });
  return words;
}
"""

TOO_WIDE = """
() => [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .filter(each => ![...each.children].some(child => child.getBoundingClientRect().right > innerWidth + 1))
  .map(each => each.outerHTML.slice(0, 160))
"""


@pytest.fixture
def tongue(tmp_path: Path) -> Iterator[str]:
    with spoken(tmp_path) as code:
        yield code


def pages(user: User, owned: Belongings) -> list[str]:
    """The addresses that answer this person with a page."""
    client = Client()
    client.force_login(user)
    plain = [path for path, _view in views_of(get_resolver()) if "<" not in path and not path.startswith(NOT_PAGES)]
    found = []
    for address in [f"/{path}" for path in plain] + [filled(path, owned) for path in owned_paths()]:
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found.append(address)
    return found


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with a page, on a phone and on a large screen, each with its address."""
    page.goto(address)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{address} at {width} px: {fault}" for fault in _faults_now(page)]
    return found


def _faults_now(page: Page) -> Iterator[str]:
    yield from (f"cut: {each}" for each in page.evaluate(CUT))
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if wide > screen:
        yield f"{wide} px wide on a screen of {screen}: {page.evaluate(TOO_WIDE)}"
    outside = DATA.sub(" ", left_outside(page.evaluate(OWN_WORDS)))
    yield from (f"untranslated: {word}" for word in re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]+)*", outside))


def _with_names_in_japanese(tongue: str) -> None:
    """Names and titles are data; in Latin letters they would look like words left untranslated."""
    User.objects.update(name="林 さくら", language=tongue)
    Connection.objects.update(name="花束")
    Seller.objects.filter(name__startswith="Partner").update(name="楓")
    InventoryItem.objects.update(name="麻のトート")
    ImportRow.objects.update(key="品")
    Sku.objects.update(name="麻のトート", option="紺")
    Line.objects.update(title="品", option="")
    Warehouse.objects.update(name="船橋")
    Application.objects.update(goods="鞄", question="どの鞄ですか")
    ApiKey.objects.update(name="在庫")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE core_event SET actor_name = '世界'")
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE stock_stocknote DISABLE TRIGGER USER")
        cursor.execute("UPDATE stock_stocknote SET note = '濡れ'")
        cursor.execute("ALTER TABLE stock_stocknote ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE conversations_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE conversations_entry SET text = 'どこですか'")
        cursor.execute("ALTER TABLE conversations_entry ENABLE TRIGGER USER")


@pytest.mark.seed("L49")
def test_longer_words_are_not_cut_and_none_is_left_english(
    live_server: LiveServer, new_page: PageMaker, tongue: str
) -> None:
    owned = belongings("花束")
    people = [a_member(owned.seller), a_person(Warehouse.objects.get(), "administrator").user]
    _with_names_in_japanese(tongue)
    found: list[str] = []
    for user in people:
        page = new_page(locale=tongue)
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        seen = pages(user, owned)
        assert len(seen) >= 7
        for address in seen:
            found += faults(page, live_server.url + address)
    assert found == [], "\n".join(found)
