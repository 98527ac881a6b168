"""From a stranger to a member in each of our languages: basic, a business in Japan, a business in Korea."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.applicants import an_approver
from tests.browser.walker import TONGUES, Tongue, Walker
from tests.letters import Postman, a_postman, work_off
from tests.world import PASSWORD, a_warehouse
from toiya.domain.members.models import Application, Seller, User
from toiya.web.door.tests.answers import ACCOUNT, FIRM, a_pdf, a_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
in_each_language = pytest.mark.parametrize("tongue", TONGUES, ids=[each.code for each in TONGUES])

EMAIL = ACCOUNT["email"]
TYPED_AT_FIRST = {name: ACCOUNT[name] for name in ("email", "password", "password_again", "name", "phone")}
# Toyota's 法人番号 as an issuer of qualified invoices, and Samsung's 사업자등록번호: their check digits are true.
IN_JAPAN = FIRM | {"registration_number": "T1180301018771"}
IN_KOREA = FIRM | {
    "country": "KR",
    "company_name": "한옥 주식회사",
    "company_name_en": "Hanok Co., Ltd.",
    "address": "서울 중구 세종대로 110",
    "address_en": "110 Sejong-daero, Jung-gu, Seoul",
    "phone": "02-2620-1168",
    "registration_number": "124-81-00998",
}
KOREAN_DESK = "contact@qxpress.net"
TO_VERIFY = ".banner a[href='/verify/']"
SHUT_WHILE_PENDING = "/connections/new/"


@pytest.fixture
def postman(transactional_db: None) -> Iterator[Postman]:
    """Takes all letters."""
    with a_postman() as postman:
        yield postman


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The certificate as a PDF and as a picture."""
    made = {"pdf": tmp_path / "certificate.pdf", "png": tmp_path / "certificate.png"}
    made["pdf"].write_bytes(a_pdf())
    made["png"].write_bytes(a_picture(size=(600, 800)))
    return made


def begins(walker: Walker, kind: str) -> None:
    walker.go("/sign-up/")
    walker.reads("Become a member")
    walker.ticks(kind=kind)
    walker.presses("#next")
    walker.arrives("/sign-up/account/")
    walker.reads("A bullet marks what is required; it becomes a tick when the value is good.")
    walker.reads("Still to fill in:", "#still")


def agrees(walker: Walker) -> None:
    walker.arrives("/sign-up/review/")
    walker.reads("Nothing is made before you press the last button.")
    walker.reads("What you agree to")
    walker.ticks(terms="", privacy="", fees="")
    walker.reads("Everything that is required is filled in.", "#still")
    walker.presses("#next")
    walker.arrives("/")


def tells_of_its_firm(walker: Walker, firm: dict[str, str], file: Path, currency: str) -> None:
    walker.arrives("/sign-up/business/")
    walker.reads(
        "As on the registration certificate. It is seen by you and by whoever approves members, and by nobody else."
    )
    walker.chooses(**{name: firm[name] for name in ("country", "industry", "business_type")})
    walker.reads("All charges are made in %(currency)s.", "#live-country", currency=currency)
    names = ("company_name", "company_name_en", "address", "address_en", "phone", "registration_number")
    walker.types(**{name: firm[name] for name in names})
    walker.hands_in(file)
    expect(walker.finds("#f-registration_number .must.valid")).to_have_count(1)
    walker.presses("#next")


def verifies(walker: Walker, postman: Postman) -> None:
    """By the link in the letter, which is in the language of the sign-up."""
    letter = postman.to(EMAIL)[-1]
    says = walker.tongue.says
    assert (letter.language, letter.subject) == (walker.tongue.code, says("Verify your e-mail for Toiya"))
    assert says("Open this link and press Verify. Then the whole of Toiya is yours to use.") in letter.text
    walker.go(postman.link(EMAIL))
    walker.reads("Is this your mailbox?")
    walker.sees(EMAIL)
    walker.presses("#verify")
    walker.arrives("/")
    walker.reads("%(mailbox)s is verified. Everything is open to you.", ".toast", mailbox=EMAIL)


def is_welcomed(walker: Walker) -> None:
    words = "Welcome, %(name)s. We sent a mail to %(email)s: verify it with what stands there."
    walker.reads(words, ".toast", name=ACCOUNT["name"], email=EMAIL)
    expect(walker.finds(TO_VERIFY)).to_have_count(1)
    expect(walker.finds(".banner")).to_contain_text("14")


@pytest.mark.seed("A001", "A003", "A020", "A021", "A049")
@in_each_language
def test_a_basic_member_signs_up_and_verifies(
    tongue: Tongue, live_server: LiveServer, new_page: PageMaker, postman: Postman
) -> None:
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    begins(walker, "basic")
    walker.types(**TYPED_AT_FIRST)
    walker.chooses(country="JP")
    walker.presses("#next")
    agrees(walker)

    is_welcomed(walker)
    walker.reads("First steps", "#steps-t")
    walker.reads("Order notices go to it. Open the mail we sent and press the button in it.")
    walker.go("/start/")
    walker.reads("What the system can see, it ticks by itself.")
    done = int(walker.finds(".card progress").first.get_attribute("value") or 0)

    assert "notifications.begin_link" in work_off()
    verifies(walker, postman)
    expect(walker.finds(TO_VERIFY)).to_have_count(0)
    walker.go("/start/")
    expect(walker.finds(".card progress").first).to_have_attribute("value", str(done + 1))
    assert (User.objects.get().language, Seller.objects.get().kind) == (tongue.code, "basic")


@pytest.mark.seed("A001", "A002", "A009", "A014", "A019", "A020", "A021")
@in_each_language
def test_a_business_in_japan_signs_up_and_verifies(
    tongue: Tongue, live_server: LiveServer, new_page: PageMaker, postman: Postman, files: dict[str, Path]
) -> None:
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    begins(walker, "business")
    walker.types(**TYPED_AT_FIRST)
    walker.presses("#next")
    tells_of_its_firm(walker, IN_JAPAN, files["png" if tongue.code in {"ja", "ko"} else "pdf"], "JPY")
    walker.arrives("/sign-up/questions/")
    walker.reads("So that the warehouse knows what comes, and your first steps fit what you do.")
    walker.ticks(sites="qoo10", service="both")
    walker.types(goods="かばん", deliveries_a_month="300")
    walker.presses("#next")
    walker.page.wait_for_url("**/sign-up/review/")
    walker.sees("JPY", ".told >> nth=1")
    walker.sees("T1180301018771", ".told >> nth=1")
    walker.sees("certificate.", ".told >> nth=1")
    agrees(walker)

    is_welcomed(walker)
    work_off()
    verifies(walker, postman)
    expect(walker.finds(TO_VERIFY)).to_have_count(0)
    walker.go("/wallet/")
    walker.sees("JPY")
    seller = Seller.objects.get()
    assert (seller.status, seller.currency, seller.kind) == ("active", "JPY", "business")
    # All that is required, and nothing besides: 5 fields of the person, 6 of the firm, 2 of its trade.
    assert walker.typed <= 13
    # Kind, country, industry, type, file, site, service, three agreements, four times Next, Sign up, Verify.
    assert walker.pressed <= 20


@pytest.mark.seed("A002", "A024", "A025", "A026", "L34")
@in_each_language
def test_a_business_in_korea_is_asked_and_approved(
    tongue: Tongue, live_server: LiveServer, new_page: PageMaker, postman: Postman, files: dict[str, Path]
) -> None:
    a_warehouse()
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    signs_up_in_korea(walker, files["pdf"])
    work_off()
    verifies(walker, postman)
    walker.reads("Your application waits for the decision of our desk. You may look around.", ".banner")
    refused = walker.page.goto(live_server.url + SHUT_WHILE_PENDING)
    assert refused is not None
    assert refused.status == 403
    the_desk_was_told(postman)

    office = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    the_desk_asks(office)
    work_off()
    the_seller_answers(walker, postman)
    the_desk_approves(office)
    work_off()
    letter = postman.to(EMAIL)[-1]
    code = Application.objects.get().code
    assert letter.subject == tongue.says("Your application %(code)s is approved", code=code)
    walker.go(postman.link(EMAIL))
    walker.reads("From here to your first parcel")
    expect(walker.finds(".banner a[href='/application/']")).to_have_count(0)
    opened = walker.page.goto(live_server.url + SHUT_WHILE_PENDING)
    assert opened is not None
    assert opened.status == 200
    seller = Seller.objects.get()
    assert (seller.status, seller.currency, seller.country) == ("active", "KRW", "KR")
    assert seller.profile.real_name == "김 한옥"


def signs_up_in_korea(walker: Walker, file: Path) -> None:
    begins(walker, "business")
    walker.types(**(TYPED_AT_FIRST | {"phone": "+82 10-2345-6789"}))
    walker.presses("#next")
    tells_of_its_firm(walker, IN_KOREA, file, "KRW")
    walker.arrives("/sign-up/questions/")
    walker.ticks(sites="qoo10", service="both")
    walker.types(goods="차와 다기", deliveries_a_month="450", real_name="김 한옥")
    walker.chooses(business_model="own_brand", online_experience="1_to_3_years")
    walker.presses("#next")
    agrees(walker)


def the_desk_was_told(postman: Postman) -> None:
    """The letter with the five answers of A025, in Korean whatever the seller reads."""
    (letter,) = postman.to(KOREAN_DESK)
    korean = TONGUES[-1]
    assert letter.reply_to == EMAIL
    assert (letter.language, letter.subject) == ("ko", korean.says("Application for smart ship use approval"))
    asked = {
        "- ID/Email: %(email)s": {"email": EMAIL},
        "- Sales items: %(goods)s": {"goods": "차와 다기"},
        "- Number of deliveries per month: %(deliveries)s": {"deliveries": "450"},
        "- Sales site (platform): %(sites)s": {"sites": "qoo10"},
        "- Desired Service: Smart Delivery and Fulfillment": {},
    }
    for line, named in asked.items():
        assert korean.says(line, **named).casefold() in letter.text.casefold()


def the_desk_asks(office: Walker) -> None:
    approver = User.objects.get(pk=an_approver().id)
    approver.language = office.tongue.code
    approver.save()
    office.signs_in(approver.email, PASSWORD, "/office/")
    opens_the_application(office)
    office.sees("김 한옥")
    office.sees("1248100998")
    office.types(question="어떤 차입니까?")
    office.presses("#put-question")
    office.reads("Asked. The application comes back to its place when the seller answers.", ".toast")
    expect(office.finds("#list tbody tr")).to_have_count(0)


def opens_the_application(office: Walker) -> None:
    office.go("/office/applications/")
    office.reads("Oldest first. Each should be answered within 24 hours.")
    office.presses("#list tbody th a")
    office.arrives(f"/office/applications/{Application.objects.get().code}/")
    office.reads("What the seller told")


def the_seller_answers(walker: Walker, postman: Postman) -> None:
    letter = postman.to(EMAIL)[-1]
    code = Application.objects.get().code
    assert letter.subject == walker.tongue.says("A question about your application %(code)s", code=code)
    assert "어떤 차입니까?" in letter.text
    walker.go(postman.link(EMAIL))
    walker.reads("Our desk has a question about your application.", ".banner")
    expect(walker.finds("blockquote")).to_have_text("어떤 차입니까?")
    walker.types(answer="녹차입니다.")
    walker.presses("#answer")
    walker.reads("What you told us")
    expect(walker.finds("#answer")).to_have_count(0)


def the_desk_approves(office: Walker) -> None:
    opens_the_application(office)
    office.sees("녹차입니다.")
    office.presses("#approve")
    code = Application.objects.get().code
    office.reads("%(code)s is approved. The seller is told by mail.", ".toast", code=code)
