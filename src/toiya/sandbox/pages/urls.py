"""Addresses of the pages for a person."""

from django.urls import path

from toiya.sandbox.pages import cards, console, orders, seller, shops, style

urlpatterns = [
    path("", shops.shop_list, name="shops"),
    path("cards/payments", cards.make_payment, name="card-payments"),
    path("cards/payments/<str:number>", cards.look, name="card-payment"),
    path("cards/pay/<str:number>/", cards.page, name="card-page"),
    path("style.css", style.style_sheet, name="style"),
    path("console/", console.sign_in, name="console"),
    path("console/key", console.exchange, name="console-key"),
    path("console/sign-in/", seller.sign_in, name="seller-sign-in"),
    path("console/sign-out/", seller.sign_out, name="seller-sign-out"),
    path("console/smart-inventory/", seller.smart_inventory, name="smart-inventory"),
    path("console/hand-over/", seller.hand_over, name="hand-over"),
    path("console/keys.json", seller.keys, name="console-keys"),
    path("console/join/key", seller.join_key, name="join-key"),
    path("shops/<str:login_id>/", shops.listing_list, name="listings"),
    path("shops/<str:login_id>/orders/", shops.order_list, name="orders"),
    path("shops/<str:login_id>/orders/new/", orders.place_order, name="place-order"),
    path("shops/<str:login_id>/orders/<int:order_no>/", orders.order_page, name="order"),
    path("shops/<str:login_id>/orders/<int:order_no>/cancellation/", orders.cancel_order, name="cancel-order"),
]
