"""API keys, seller keys, their expiry, and every refusal that is about a key."""

import pytest

from toiya.sandbox.tests.site_client import CERTIFY, ORDERS_V2, WHOLE_DAY, Shop, Site

pytestmark = pytest.mark.processes


LOGIN = ("demoshop", "demo-pass")


def certify(site: Site, api_key: str, login: tuple[str, str] = LOGIN) -> dict[str, object]:
    return site.call(CERTIFY, api_key, user_id=login[0], pwd=login[1])


def test_an_api_key_with_id_and_password_issues_a_seller_key_for_one_year(site: Site, shop: Shop) -> None:
    api_key = site.look("shops/demoshop")["api_key"]
    answer = certify(site, api_key)
    assert answer["ResultCode"] == 0
    assert answer["ResultMsg"] == "成功"
    seller_key = str(answer["ResultObject"])
    assert "_g_1_" in seller_key
    assert site.call(ORDERS_V2, seller_key, **WHOLE_DAY)["ResultCode"] == 0

    newest = site.look("shops/demoshop")["seller_keys"][-1]
    assert newest["seller_key"] == seller_key
    assert newest["expires_at"] == "2027-04-01T10:30:00+09:00"
    site.set_clock("2027-04-01T10:29:59")
    assert site.call(ORDERS_V2, seller_key, **WHOLE_DAY)["ResultCode"] == 0
    site.set_clock("2027-04-01T10:30:00")
    assert site.call(ORDERS_V2, seller_key, **WHOLE_DAY) == {
        "ErrorCode": -90005,
        "ErrorMsg": "Seller authorization key is expired. Use a new key.",
    }


def test_a_new_key_leaves_the_old_one_good(site: Site, shop: Shop) -> None:
    certify(site, site.look("shops/demoshop")["api_key"])
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultCode"] == 0


@pytest.mark.parametrize(
    ("login", "code", "text"),
    [
        (("", "demo-pass"), -99, "Login IDは必須です。"),
        (("demoshop", ""), -99, "Passwordは必須です。"),
        (("demoshop", "wrong"), -10001, "Seller information does not exist."),
        (("nobody", "demo-pass"), -10001, "Seller information does not exist."),
    ],
)
def test_a_wrong_login_issues_nothing(site: Site, shop: Shop, login: tuple[str, str], code: int, text: str) -> None:
    answer = certify(site, site.look("shops/demoshop")["api_key"], login)
    assert answer == {"ResultCode": code, "ResultMsg": text}
    assert len(site.look("shops/demoshop")["seller_keys"]) == 1


def test_an_unknown_api_key_issues_nothing(site: Site, shop: Shop) -> None:
    assert certify(site, "no-such-key")["ResultCode"] == -10000
    assert certify(site, shop.key)["ResultCode"] == -10000


def test_another_shops_api_key_issues_nothing(site: Site, shop: Shop) -> None:
    other = site.control("shops", {"login_id": "other", "password": "other-pass"})
    assert certify(site, other["api_key"])["ResultCode"] == -10001


def test_no_key_at_all_is_refused_at_the_gateway(site: Site) -> None:
    answer = site.call(ORDERS_V2, "", **WHOLE_DAY)
    assert answer == {"ErrorCode": -90000, "ErrorMsg": "認証情報がありません。"}


def test_an_unknown_seller_key_is_to_be_checked(site: Site) -> None:
    answer = site.call(ORDERS_V2, "S5nobody_g_1_x_g_3_", **WHOLE_DAY)
    assert answer == {"ResultCode": -10000, "ResultMsg": "販売者認証キーを確認してください。"}


def test_an_api_key_in_place_of_a_seller_key_asks_for_a_login(site: Site, shop: Shop) -> None:
    api_key = site.look("shops/demoshop")["api_key"]
    answer = site.call(ORDERS_V2, api_key, **WHOLE_DAY)
    assert answer == {"ResultCode": -10000, "ResultMsg": "Login IDは必須です。"}


@pytest.mark.parametrize("code", [-90002, -90003])
def test_a_method_that_is_not_granted_is_refused_at_the_gateway(site: Site, shop: Shop, code: int) -> None:
    site.control("shops/demoshop", {"not_granted": {ORDERS_V2: code}})
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ErrorCode"] == code
    assert shop.call("ItemsLookup.GetAllGoodsInfo", ItemStatus="S2")["ResultCode"] == 0


def test_a_suspended_shop_does_not_exist(site: Site, shop: Shop) -> None:
    site.control("shops/demoshop", {"is_suspended": True})
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultCode"] == -10001


def test_expiry_can_be_brought_about_in_the_middle_of_a_run(site: Site, shop: Shop) -> None:
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultCode"] == 0
    site.control("shops/demoshop/keys/expiry")
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ErrorCode"] == -90005


def test_neither_keys_nor_passwords_are_written_to_the_record_of_calls(site: Site, shop: Shop) -> None:
    api_key = site.look("shops/demoshop")["api_key"]
    certify(site, api_key)
    site.http.get(f"/GMKT.INC.Front.QAPIService/ebayjapan.qapi/{ORDERS_V2}", params={"key": shop.key})
    recorded = site.http.get("/_control/calls").text
    assert api_key not in recorded
    assert shop.key not in recorded
    assert "demo-pass" not in recorded
    assert site.look("calls")["calls"][0]["shop"] == "demoshop"
