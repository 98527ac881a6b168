"""The component gallery's made-up contents: every part in all its states, nobody's data."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from toiya.web.shared import freight, statuses
from toiya.web.shared.charts import Segment
from toiya.web.shared.paging import Page
from toiya.web.shared.reader import Request
from toiya.web.shared.shell import RailItem, Shell, mark_current
from toiya.web.shared.whole_numbers import WholeField

SCREENS = ("pick", "ok", "warn", "stop", "ask", "short", "jobs", "start", "station")


def refuse_in_earnest() -> None:
    """:raises Http404: outside development and the demo"""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404


class ReceiverForm(forms.Form):
    """A form with one field of each shape; bound with gaps it shows the errors."""

    name = forms.CharField(label=_("Name"), error_messages={"required": _("Enter the receiver's name.")})
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("With country code, like +81 90 1234 5678"),
        error_messages={"required": _("Enter the receiver's phone number.")},
        widget=forms.TextInput(
            attrs={
                "type": "tel",
                "autocomplete": "tel",
                "data-check": "phone",
                "data-complaint": _("Write the phone number with 9 to 15 digits, like +81 90 1234 5678."),
            }
        ),
    )
    weight = WholeField(label=_("Weight"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    warehouse = forms.ChoiceField(label=_("Warehouse"), choices=[("f", "Funabashi"), ("y", "Yokohama")])
    speed = forms.ChoiceField(
        label=_("Service"),
        choices=[("n", "Nekopos"), ("t", "TA-Q-BIN")],
        widget=forms.RadioSelect,
        initial="n",
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    insured = forms.BooleanField(label=_("Insure the parcel"), required=False)


def shell(request: HttpRequest) -> Shell:
    """A frame like the portal's, with two shops."""
    rail = [
        RailItem(_("Home"), "/design/", "house"),
        RailItem(_("Orders"), "/design/orders/", "clipboard-list", 12),
        RailItem(_("SKUs"), "/design/skus/", "boxes"),
        RailItem(_("Links"), "/design/links/", "link", 4),
        RailItem(_("Inbound"), "/design/inbound/", "package-plus"),
        RailItem(_("Wallet"), "/design/wallet/", "wallet"),
        RailItem(_("Returns"), "/design/returns/", "undo-2"),
        RailItem(_("Shops"), "/design/shops/", "store"),
        RailItem(_("Messages"), "/design/messages/", "message-square", 120),
    ]
    shops = [_seller("S1", "Hanataba", "hishi", "花"), _seller("S2", "Kumo", "yama", "雲")]
    return Shell(
        rail=mark_current(rail, request.path),
        home_url="/design/",
        search_url="/design/",
        settings_url="/design/",
        help_url="/design/",
        shop=shops[0],
        shops=shops,
        shop_url="/design/",
    )


def _seller(code: str, name: str, frame: str, character: str) -> SimpleNamespace:
    return SimpleNamespace(code=code, name=name, mark_frame=frame, mark_character=character)


def everything(request: Request) -> dict[str, Any]:
    """The context of the gallery page."""
    letters = "花雲サㅎK石茶山"
    return {
        "shell": shell(request),
        "tables": [
            ("order", list(statuses.ORDER.values())),
            ("cargo bundle", list(statuses.BUNDLE.values())),
            ("link", list(statuses.LINK.values())),
            ("charge", list(statuses.CHARGE.values())),
            ("job", list(statuses.JOB.values())),
            ("connection", list(statuses.CONNECTION.values())),
        ],
        "whys": _whys(request.at),
        "form": ReceiverForm(),
        "bad_form": ReceiverForm({"weight": "１０個", "warehouse": "f", "speed": "n"}, auto_id="bad_%s"),
        "days": _timeline(request.at),
        "sellers": [_seller(name, name, name, letters[index]) for index, name in enumerate(freight.FRAMES)],
        "due_on": date(2026, 11, 30),
        "in_a_while": request.at + timedelta(hours=1, minutes=38),
        "screens": SCREENS,
        **_list_parts(request.at),
        **_charts(),
        **_steps_and_menu(),
    }


def _list_parts(at: datetime) -> dict[str, Any]:
    views = [
        (_("Needs you"), "needs-you", 12),
        (_("Today"), "today", 148),
        (_("Waiting"), "waiting", 31),
        (_("Shipped"), "shipped", None),
        (_("All"), "all", 1204),
    ]
    return {
        "orders": _orders(at),
        "page": Page(rows=[1] * 50, start=51, total=1204, total_is_exact=True, previous="p", next="n"),
        "tabs": [
            {"label": label, "url": f"?view={name}", "count": count, "current": name == "needs-you"}
            for label, name, count in views
        ],
        "tokens": [{"label": "State: waiting", "url": "?"}, {"label": "Shop: Qoo10", "url": "?"}],
    }


def _charts() -> dict[str, Any]:
    return {
        "segments": [
            Segment("site", _("Sales site"), timedelta(minutes=12)),
            Segment("seller", _("You"), timedelta(hours=26, minutes=30), is_waiting=True),
            Segment("warehouse", _("Warehouse"), timedelta(hours=3, minutes=5)),
            Segment("carrier", _("Carrier"), timedelta(hours=18)),
        ],
        "parts_of_day": [(_("Shipped"), 91), (_("Packing"), 14), (_("Picking"), 22), (_("Waiting"), 21)],
        "blocks": [(_("No stock"), 31, "?"), (_("No link"), 14, "?"), (_("Address"), 9, "?"), (_("Wallet"), 4, "?")],
        "series": [91, 94, 93, 96, 95, 97, 94, 96, 98, 97, 99, 98, 99],
    }


def _steps_and_menu() -> dict[str, Any]:
    states = [(_("Requested"), "done"), (_("Confirmed"), "here"), (_("Shipped"), "ahead"), (_("Completed"), "ahead")]
    cancel = {"label": _("Cancel order"), "url": "?", "icon": "ban", "danger": True, "line": True, "dialog": "#cancel"}
    return {
        "steps": [{"label": label, "state": state, "url": ""} for label, state in states],
        "menu_items": [
            {"label": _("Change receiver"), "url": "?", "icon": "pencil"},
            {"label": _("Print slip"), "url": "?", "icon": "printer"},
            cancel,
        ],
    }


def _whys(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": "gallery-stock",
            "reason_code": "short_of_stock",
            "status": statuses.ORDER["waiting_for_stock"],
            "fact": _("Linen tote, navy M: 3 needed, 1 available"),
            "owner": "you",
            "owner_word": _("You"),
            "since": at - timedelta(hours=26),
            "until": at + timedelta(hours=1, minutes=38),
            "until_word": _("to make the 16:00 truck"),
            "otherwise": _("Ships with CB-7QX (10 pcs, booked about 24 Nov)"),
            "cures": [{"label": _("Announce inbound"), "url": "?"}, {"label": _("Ship 1 now"), "url": "?"}],
            "ask_url": "?",
            "trace": [
                _("Funabashi has 12, of that 11 promised."),
                _("Cut-off used: Yamato, today 16:00 JST."),
            ],
        },
        {
            "id": "gallery-name",
            "reason_code": "name_too_long",
            "status": statuses.ORDER["needs_mending"],
            "fact": _("Receiver name: 18 characters, Yamato takes 16. Shorten it by 2."),
            "owner": "you",
            "owner_word": _("You"),
            "since": at - timedelta(minutes=40),
            "cures": [{"label": _("Change receiver"), "url": "?"}],
        },
    ]


def _orders(at: datetime) -> list[dict[str, Any]]:
    why = {"owner_word": _("You"), "fact": _("2 short"), "until": at + timedelta(hours=1)}
    rows = [
        ("ORD-7K2M-4", "waiting_for_stock", "田中 みなみ", "ja", "Qoo10", 3, why),
        ("ORD-7K2Q-1", "needs_mending", "佐藤 花", "ja", "CSV", 4, None),
        ("ORD-7K2M-9", "picking", "Park Jiwoo", "en", "Shopify", 1, None),
        ("ORD-7K3A-2", "held", "王 小明", "zh-Hans", "Qoo10", 2, None),
        ("ORD-7K3B-7", "delivered", "Emma Clarke", "en", "Shopify", 12, None),
        ("ORD-7K3C-0", "received", "鈴木 一郎", "ja", "Qoo10", 1, None),
    ]
    return [
        {
            "code": code,
            "status": statuses.ORDER[status],
            "receiver": receiver,
            "lang": lang,
            "shop": shop,
            "pieces": pieces,
            "why": reason,
            "cut_off": at + timedelta(hours=2),
        }
        for code, status, receiver, lang, shop, pieces, reason in rows
    ]


def _timeline(at: datetime) -> list[tuple[date, list[dict[str, Any]]]]:
    def entry(hours: int, kind: str, icon: str, sentence: Any, actor: Any) -> dict[str, Any]:
        details = [(_("Reason"), "short_of_stock")] if kind == "wait" else []
        told = at - timedelta(hours=hours)
        return {
            "at": told,
            "kind": kind,
            "icon": icon,
            "sentence": sentence,
            "actor": actor,
            "details": details,
        }

    today = [
        entry(1, "move", "package-open", _("Picking began in wave W-14"), "Mika S."),
        entry(2, "move", "circle-dot", _("Allocated at Funabashi"), _("rule")),
    ]
    before = [
        entry(26, "wait", "hourglass", _("Waiting: 2 short"), _("rule")),
        entry(27, "", "shopping-bag", _("Order received from Qoo10"), "Qoo10"),
    ]
    return [(at.date(), today), ((at - timedelta(hours=26)).date(), before)]


def floor_screen(request: Request, screen: str) -> dict[str, Any]:
    """:raises Http404: no such screen"""
    if screen not in SCREENS:
        raise Http404
    seller = _seller("S1", "Hanataba", "hishi", "花")
    return {
        "screen": screen,
        "template": f"toiya/pages/floor_{screen}.html",
        "seller": seller,
        "at": request.at,
    }
