"""The three call styles, both hosts' paths, versions, JSON and XML."""

import httpx
import pytest
from defusedxml import ElementTree

from toiya.sandbox.tests.site_client import (
    MUG_LINE,
    ORDERS_V2,
    PATH,
    WHOLE_DAY,
    Shop,
    Site,
)

pytestmark = pytest.mark.processes
GIOSIS = "/GMKT.INC.Front.QAPIService/Giosis.qapi"


def order_numbers(response: httpx.Response) -> list[int]:
    assert response.status_code == 200
    return [row["orderNo"] for row in response.json()["ResultObject"]]


@pytest.mark.parametrize("path", [PATH, GIOSIS])
def test_style_a_posts_the_method_in_the_path_with_the_key_in_a_header(site: Site, shop: Shop, path: str) -> None:
    numbers = shop.place(MUG_LINE)
    headers = {"GiosisCertificationKey": shop.key, "QAPIVersion": "1.0"}
    response = site.http.post(f"{path}/{ORDERS_V2}", data={"returnType": "json", **WHOLE_DAY}, headers=headers)
    assert order_numbers(response) == numbers
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("path", [PATH, GIOSIS])
def test_style_b_gets_everything_as_parameters(site: Site, shop: Shop, path: str) -> None:
    numbers = shop.place(MUG_LINE)
    sent = {"key": shop.key, "v": "1.0", "returnType": "json", "method": ORDERS_V2, **WHOLE_DAY}
    assert order_numbers(site.http.get(path, params=sent)) == numbers
    assert order_numbers(site.http.post(path, data=sent)) == numbers


def test_style_c_gets_the_method_in_the_path_and_the_key_as_a_parameter(site: Site, shop: Shop) -> None:
    numbers = shop.place(MUG_LINE)
    response = site.http.get(f"{PATH}/{ORDERS_V2}", params={"key": shop.key, **WHOLE_DAY})
    assert order_numbers(response) == numbers
    assert [call["style"] for call in site.look("calls")["calls"]] == ["C"]


@pytest.mark.parametrize("return_type", ["json", "application/json", "JSON", ""])
def test_json_is_answered_for_its_names_and_by_default(site: Site, shop: Shop, return_type: str) -> None:
    response = site.post(ORDERS_V2, shop.key, **WHOLE_DAY, returnType=return_type)
    assert response.text == '{"ResultCode":0,"ResultMsg":"成功","ResultObject":[]}'


@pytest.mark.parametrize("return_type", ["xml", "text/xml"])
def test_xml_carries_the_same_three_children_and_the_rows(site: Site, shop: Shop, return_type: str) -> None:
    [number] = shop.place(MUG_LINE)
    response = site.post(ORDERS_V2, shop.key, **WHOLE_DAY, returnType=return_type)
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert [child.tag for child in root] == ["ResultCode", "ResultMsg", "ResultObject"]
    assert root.findtext("ResultCode") == "0"
    assert root.findtext("ResultMsg") == "成功"
    [row] = root.findall("ResultObject/Item")
    assert row.findtext("orderNo") == str(number)
    assert row.findtext("shippingStatus") == "On request(2)"
    assert row.findtext("orderPrice") == "980.0000"


def test_an_xml_refusal_of_the_gateway_has_the_error_children(site: Site) -> None:
    root = ElementTree.fromstring(site.post(ORDERS_V2, "", returnType="xml").content)
    assert [child.tag for child in root] == ["ErrorCode", "ErrorMsg"]
    assert root.findtext("ErrorCode") == "-90000"


def test_a_certification_key_in_xml_stands_under_the_string_root(site: Site, shop: Shop) -> None:
    api_key = site.look("shops/demoshop")["api_key"]
    sent = {"user_id": "demoshop", "pwd": "demo-pass", "returnType": "xml"}
    response = site.post("CertificationAPI.CreateCertificationKey", api_key, **sent)
    root = ElementTree.fromstring(response.content)
    assert root.tag == "StdCustomResultOfString"
    assert root.findtext("ResultObject", "").startswith("S5")


@pytest.mark.parametrize(
    ("method", "version", "code"),
    [
        ("ShippingBasic.NoSuchMethod", "1.0", -90001),
        ("ItemsBasic.SetNewGoods", "1.1", -90001),
        (ORDERS_V2, "1.1", -90001),
        ("ItemsLookup.GetItemDetailInfo", "1.0", -90001),
        ("ItemsLookup.GetItemDetailInfo", "1.2", None),
        ("ItemsOrder.SetGoodsPriceQtyBulk", "1.2", -90001),
    ],
)
def test_an_unknown_method_or_version_does_not_exist(shop: Shop, method: str, version: str, code: int | None) -> None:
    answer = shop.call(method, version, ItemCode="900100201")
    assert answer.get("ErrorCode") == code


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_the_bulk_price_method_accepts_both_disputed_versions(shop: Shop, version: str) -> None:
    rows = '[{"SellerCode":"MUG-7","Qty":"5"}]'
    assert shop.call("ItemsOrder.SetGoodsPriceQtyBulk", version, ItemInfoJson=rows)["ResultCode"] == 0


def test_only_get_and_post_are_http_methods_of_the_api(site: Site) -> None:
    assert site.http.put(f"{PATH}/{ORDERS_V2}").status_code == 405
