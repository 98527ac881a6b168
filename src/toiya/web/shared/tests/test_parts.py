"""The parts as pages write them: exact markup where other code or people count on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.web.shared import statuses
from toiya.web.shared.fields import put_refusal

AT = datetime(2026, 11, 21, 5, 22, tzinfo=UTC)


def drawn(source: str, **context: Any) -> str:
    request = RequestFactory().get("/orders/?view=today&at=abc")
    request.at = AT  # type: ignore[attr-defined]
    return Template(source).render(Context({"request": request, **context})).strip()


def test_a_chip_has_its_kind_its_word_and_its_drawing() -> None:
    html = drawn("{% chip status %}", status=statuses.ORDER["waiting_for_stock"])
    assert html == (
        '<span class="chip wait"><svg aria-hidden="true" focusable="false"><use href="#k-wait"/></svg>'
        "Waiting for stock</span>"
    )


def test_a_chip_can_be_written_in_words() -> None:
    html = drawn('{% chip "move" "Loading" "truck" %}')
    assert 'class="chip move"' in html
    assert "#i-truck" in html
    assert html.endswith("Loading</span>")


def test_every_status_of_an_order_has_a_chip() -> None:
    for table in (statuses.ORDER, statuses.BUNDLE, statuses.LINK, statuses.CHARGE, statuses.JOB, statuses.CONNECTION):
        for status in table.values():
            html = drawn("{% chip status %}", status=status)
            assert "<use" in html
            assert str(status.word) in html


def test_a_code_shows_its_last_group_bold_and_copies_the_whole() -> None:
    html = drawn('{% code "300000000127-00003" %}')
    assert '<span class="code" translate="no">300000000127-<b>00003</b></span>' in html
    assert 'data-copy="300000000127-00003"' in html
    assert 'aria-label="Copy 300000000127-00003"' in html


def test_money_is_data_with_the_value_in_its_currency() -> None:
    html = drawn('{{ amount|money:"JPY" }}', amount=-1200)
    assert html == '<data class="money" value="-1200">\N{MINUS SIGN}JPY\xa01,200</data>'
    assert drawn("{{ amount|money }}", amount=Money(1250, "USD")) == (
        '<data class="money" value="12.50">USD\xa012.50</data>'
    )


def test_a_moment_carries_the_exact_instant() -> None:
    html = drawn('{% moment at "Asia/Tokyo" %}', at=AT)
    assert html == '<time datetime="2026-11-21T05:22:00+00:00">14:22\xa0JST</time>'


def test_a_deadline_is_absolute_first_and_relative_within_a_day() -> None:
    soon = drawn("{% deadline at %}", at=AT + timedelta(hours=1, minutes=38))
    assert soon == '<time datetime="2026-11-21T07:00:00+00:00">16:00\xa0JST</time>, in 1 h 38 min'
    past = drawn("{% deadline at %}", at=AT - timedelta(minutes=5))
    assert past.endswith("14:17\xa0JST</time>, 5 min ago")
    far = drawn("{% deadline at %}", at=AT + timedelta(days=3))
    assert far == '<time datetime="2026-11-24T05:22:00+00:00">24 Nov 14:22\xa0JST</time>'


def test_the_query_string_keeps_what_was_not_changed() -> None:
    assert drawn('{% query_with sort="code" at=None %}') == "?view=today&amp;sort=code"


def test_stock_is_always_the_trio() -> None:
    html = drawn("{% quantity_trio 12 5 %}")
    assert html == '<span class="trio">12<i>−</i>5<i>=</i><b>7</b></span>'


def test_a_freight_mark_is_named_beside_it_or_by_its_label() -> None:
    seller = SimpleNamespace(mark_frame="hishi", mark_character="花", name="Hanataba")
    assert "<span>Hanataba</span>" in drawn("{% freight_mark seller %}", seller=seller)
    assert 'role="img" aria-label="Hanataba"' in drawn("{% freight_mark seller named=False %}", seller=seller)


def test_codes_in_a_sentence_stay_whole() -> None:
    assert drawn('{{ "Wrong bin. Scan A03-02-1."|whole_codes }}') == (
        'Wrong bin. Scan <span class="whole">A03-02-1</span>.'
    )
    assert drawn("{{ text|whole_codes }}", text="<b>") == "&lt;b&gt;"


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label="Phone", help_text="With country code", error_messages={"required": "Enter the phone number."}
    )
    note = forms.CharField(label="Note", required=False)


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    html = drawn("{% field form.phone %}", form=PhoneForm({}))
    assert '<label for="id_phone">Phone</label>' in html
    assert '<p class="hint" id="id_phone-h">With country code</p>' in html
    assert 'id="id_phone-e"' in html
    assert 'aria-describedby="id_phone-h id_phone-e"' in html
    assert 'aria-invalid="true"' in html
    assert " required" not in html


def test_optional_fields_say_so() -> None:
    assert '<span class="optional">(optional)</span>' in drawn("{% field form.note %}", form=PhoneForm())


def test_the_summary_links_to_the_fields_with_the_same_words() -> None:
    html = drawn("{% error_summary form %}", form=PhoneForm({}))
    assert '<a href="#id_phone">Enter the phone number.</a>' in html
    assert "1 thing to mend" in html
    assert drawn("{% error_summary form %}", form=PhoneForm({"phone": "1"})) == ""


class PhoneTaken(Refusal):
    code = "phone_taken"
    message = "The phone %(phone)s belongs to another shop."


@pytest.mark.parametrize(("places", "field"), [({"phone_taken": "phone"}, "phone"), ({}, "__all__")])
def test_a_refusal_is_shown_at_the_field_it_is_about(places: dict[str, str], field: str) -> None:
    form = PhoneForm({"phone": "1"})
    form.is_valid()
    put_refusal(form, PhoneTaken(phone="1"), places)
    assert form.errors[field] == ["The phone 1 belongs to another shop."]


def test_bars_are_drawn_without_styles() -> None:
    html = drawn("{% bars rows 'What blocks' %}", rows=[("No link", 14), ("No stock", 28, "?x")])
    assert html.index("No stock") < html.index("No link")
    assert 'width="100.0%"' in html
    assert 'width="50.0%"' in html
    assert "style=" not in html
