"""The methods the site knows, with the versions each accepts (channels.md 1.13); any other is -90001."""

from collections.abc import Callable
from dataclasses import dataclass

from toiya.sandbox.site.qapi import claims, items, orders, progress, stock
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.envelope import Answer

CERTIFICATION = "CertificationAPI.CreateCertificationKey"


@dataclass(frozen=True)
class Method:
    """What answers a method, and the values of QAPIVersion it accepts."""

    run: Callable[[ShopCall], Answer]
    versions: frozenset[str] = frozenset({"1.0"})


METHODS = {
    "ShippingBasic.GetShippingInfo_v2": Method(orders.get_shipping_info_v2),
    "ShippingBasic.GetShippingInfo_v3": Method(orders.get_shipping_info_v3),
    "ShippingBasic.GetShippingAndClaimInfoByOrderNo_V2": Method(claims.get_order_with_claim),
    "ShippingBasic.GetClaimInfo_V3": Method(claims.get_claims),
    "ShippingBasic.SetSellerCheckYN_V2": Method(progress.confirm_one),
    "ShippingBasic.SetSellerCheckYNBulk": Method(progress.confirm_many),
    "ShippingBasic.SetSendingInfo": Method(progress.ship_one),
    "ShippingBasic.SetSendingInfoBulk": Method(progress.ship_many),
    "Claim.SetCancelProcess": Method(claims.cancel),
    "ItemsLookup.GetAllGoodsInfo": Method(items.get_all),
    "ItemsLookup.GetItemDetailInfo": Method(items.get_detail, frozenset({"1.2"})),
    "ItemsLookup.GetGoodsInventoryInfo": Method(items.get_inventory),
    "ItemsLookup.GetGoodsOptionInfo": Method(items.get_single_options),
    "ItemsLookup.GetSellerDeliveryGroupInfo": Method(items.get_delivery_groups),
    "ItemsOrder.SetGoodsPriceQty": Method(stock.set_one_item),
    # The sources disagree about the version of this one, so both are accepted.
    "ItemsOrder.SetGoodsPriceQtyBulk": Method(stock.set_many_items, frozenset({"1.0", "1.1"})),
    "ItemsOptions.UpdateInventoryQtyUnit": Method(stock.set_one_option),
    "ItemsOptions.UpdateInventoryDataBulk": Method(stock.set_many_options),
}
