"""What every carrier's plug must do. A plug's tests inherit from this and give `carrier` and `wish`."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from toiya.core.errors import Rejected
from toiya.domain.carriers.port import Carrier, LabelAnswer, LabelRequest

DOTS_AN_INCH = 203


class CarrierContract:
    """Inherit, name the class Test…, and give the two fixtures below."""

    @pytest.fixture
    def carrier(self) -> Carrier:
        raise NotImplementedError

    @pytest.fixture
    def wish(self) -> LabelRequest:
        """A request the carrier takes, with a tracking number if the carrier needs one."""
        raise NotImplementedError

    def test_the_carrier_says_who_it_is(self, carrier: Carrier) -> None:
        assert carrier.name
        assert carrier.name == carrier.name.lower()
        assert carrier.label

    def test_the_answer_has_the_number_given_or_one_of_the_carriers(self, carrier: Carrier, wish: LabelRequest) -> None:
        answer = carrier.buy(wish)
        assert answer.tracking_number
        if carrier.needs_number:
            assert answer.tracking_number == wish.tracking_number
            assert carrier.check_digit(int(wish.tracking_number[:11])) == wish.tracking_number

    def test_the_label_is_one_page_of_100_by_150_millimetres(self, carrier: Carrier, wish: LabelRequest) -> None:
        document = pypdfium2.PdfDocument(carrier.buy(wish).document)
        assert len(document) == 1
        assert [round(side / 72 * 25.4, 3) for side in document[0].get_size()] == [100, 150]

    def test_the_same_reference_never_makes_a_second_label(self, carrier: Carrier, wish: LabelRequest) -> None:
        assert carrier.buy(wish) == carrier.buy(wish)

    def test_the_tracking_number_and_our_reference_are_read_back_from_the_paper(
        self, carrier: Carrier, wish: LabelRequest
    ) -> None:
        answer = carrier.buy(wish)
        found = [text.strip("ABCD") if text[1:-1].isdigit() else text for text in scanned(answer)]
        assert sorted(found) == sorted([answer.tracking_number, wish.reference])

    def test_the_receiver_can_be_read_from_the_label(self, carrier: Carrier, wish: LabelRequest) -> None:
        written = words(carrier.buy(wish))
        receiver = wish.receiver
        for part in (receiver.name, receiver.first_line, receiver.second_line, receiver.postal_code):
            assert without_spaces(part) in written

    def test_an_address_without_room_is_rejected_and_never_cut(self, carrier: Carrier, wish: LabelRequest) -> None:
        endless = replace(wish, receiver=replace(wish.receiver, first_line="東京都港区" * 200))
        with pytest.raises(Rejected):
            carrier.buy(endless)

    def test_an_empty_receiver_is_rejected(self, carrier: Carrier, wish: LabelRequest) -> None:
        with pytest.raises(Rejected):
            carrier.buy(replace(wish, receiver=replace(wish.receiver, name="", first_line="")))

    @pytest.mark.parametrize("odd", [{"weight_g": 0}, {"pieces": 0}, {"weight_g": 10_000_000}])
    def test_what_no_carrier_can_take_is_rejected_with_a_code_and_a_message(
        self, carrier: Carrier, wish: LabelRequest, odd: dict[str, int]
    ) -> None:
        with pytest.raises(Rejected) as refused:
            carrier.buy(replace(wish, **odd))  # type: ignore[arg-type]
        assert refused.value.code
        assert refused.value.message

    def test_a_test_carrier_marks_its_labels(self, carrier: Carrier, wish: LabelRequest) -> None:
        if carrier.is_test:
            assert "TEST" in words(carrier.buy(wish))


def scanned(answer: LabelAnswer) -> list[str]:
    """What a scanner reads from the label as a 203 dpi thermal printer prints it."""
    picture = pypdfium2.PdfDocument(answer.document)[0].render(scale=DOTS_AN_INCH / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def words(answer: LabelAnswer) -> str:
    """The label's words as a PDF reader finds them, without spaces and line breaks."""
    return without_spaces(pypdfium2.PdfDocument(answer.document)[0].get_textpage().get_text_range())


def without_spaces(text: str) -> str:
    return "".join(text.split())
