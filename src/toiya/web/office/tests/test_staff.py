"""The operator's people: roles, badges, PINs, switching off, invitations, the audit."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.floor_world import PIN, a_person
from tests.proven import entered
from tests.world import a_member, a_seller, a_warehouse, actor_for
from toiya.core import secrets
from toiya.core.models import EventRow
from toiya.domain.members.actions.inviting import Guest, bound_to, invite
from toiya.domain.members.actions.joining import WrongBadgeOrPin, sign_in_on_floor
from toiya.domain.members.models import Invitation, Staff, User
from toiya.domain.notifications.jobs.people import tell_person, write_invitation
from toiya.domain.notifications.models import Message
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def boss(house: Warehouse) -> Staff:
    return a_person(house, "administrator")


@pytest.fixture
def client(boss: Staff) -> Client:
    return entered(boss.user)


@pytest.mark.seed("L51")
def test_somebody_is_invited_and_gets_a_badge_and_a_pin(client: Client, house: Warehouse) -> None:
    client.post("/office/staff/", {"email": "new@toiya.example", "role": "picker", "warehouse": house.pk})
    row = Invitation.objects.get()
    link = f"/invitation/{secrets.unseal(row.sealed_secret, bound_to=bound_to(row.code))}/"
    assert Client().post(link, {"name": "Lina", "password": "Warm-kettle-47"}).status_code == 302
    staff = Staff.objects.get(user__email="new@toiya.example")
    assert (staff.role, staff.warehouse_id) == ("picker", house.pk)
    page = client.post(f"/office/staff/{staff.user_id}/pin/").content.decode()
    pin = re.search(r'class="find" translate="no">(\d{6})<', page)
    assert pin is not None
    assert sign_in_on_floor(badge=staff.badge, pin=pin[1]) == staff
    badge = client.get(f"/office/staff/{staff.user_id}/badge.pdf")
    assert badge["Content-Type"] == "application/pdf"
    assert badge.content.startswith(b"%PDF")


def test_the_lock_after_five_wrong_pins_has_a_button(client: Client, house: Warehouse) -> None:
    picker = a_person(house)
    for _ in range(5):
        with pytest.raises(WrongBadgeOrPin):
            sign_in_on_floor(badge=picker.badge, pin="9999")
    with pytest.raises(WrongBadgeOrPin):
        sign_in_on_floor(badge=picker.badge, pin=PIN)
    assert "PIN locked" in client.get("/office/staff/").content.decode()
    client.post(f"/office/staff/{picker.user_id}/pin/")
    assert "PIN locked" not in client.get("/office/staff/").content.decode()
    picker.refresh_from_db()
    assert picker.wrong_pins == 0
    assert EventRow.objects.filter(name="staff.pin_reset", subject=f"USR-{picker.user_id}").count() == 1


def test_who_is_switched_off_is_out_at_once(client: Client, house: Warehouse) -> None:
    lead = a_person(house, "floor_lead")
    theirs = entered(lead.user)
    handheld = Client()
    handheld.post("/floor/sign-in/", {"badge": lead.badge, "pin": PIN})
    assert theirs.get("/office/").status_code == 200
    client.post(f"/office/staff/{lead.user_id}/switching/", {"state": "off"})
    assert theirs.get("/office/").status_code == 302
    assert handheld.get("/floor/").status_code == 302
    assert (
        Client().post("/sign-in/", {"email": lead.user.email, "password": "a long enough password"}).status_code == 422
    )
    client.post(f"/office/staff/{lead.user_id}/switching/", {"state": "on"})
    assert entered(lead.user).get("/office/").status_code == 200


def test_the_last_administrator_stays(client: Client, boss: Staff) -> None:
    assert client.post(f"/office/staff/{boss.user_id}/", {"role": "picker"}).status_code == 422
    assert client.post(f"/office/staff/{boss.user_id}/switching/", {"state": "off"}).status_code == 409
    boss.refresh_from_db()
    assert boss.role == "administrator"
    assert User.objects.get(pk=boss.user_id).is_active


def test_a_role_and_a_building_are_changed_and_told(client: Client, house: Warehouse) -> None:
    picker, other = a_person(house), a_warehouse("KWG", "Kawagoe")
    answer = client.post(f"/office/staff/{picker.user_id}/", {"role": "approver", "warehouse": other.pk})
    assert answer.status_code == 302
    assert "Role changed: Picker → Approver" in client.get("/office/audit/").content.decode()
    for role in ("owner", "manager", "nonsense"):
        assert client.post(f"/office/staff/{picker.user_id}/", {"role": role}).status_code == 422


@pytest.mark.parametrize("role", ["floor_lead", "picker", "approver", "accountant"])
def test_only_administrators_change_people(house: Warehouse, role: str) -> None:
    person = a_person(house, role)
    theirs = Client()
    theirs.force_login(person.user)
    for address in ("/office/staff/", f"/office/staff/{person.user_id}/", "/office/audit/", "/office/staff/roles/"):
        assert theirs.get(address).status_code == 403
        assert theirs.post(address, {"role": "administrator"}).status_code == 403
    seller = Client()
    seller.force_login(a_member(a_seller()))
    assert seller.get("/office/staff/").status_code == 403


def test_a_letter_goes_to_whoever_is_invited_and_to_whom_it_concerns(boss: Staff) -> None:

    guest = Guest("new@toiya.example", "picker", language="ja")
    row = invite(seller_id=None, guest=guest, actor=actor_for(boss.user), at=timezone.now())
    entered(boss.user)
    for _ in range(2):
        write_invitation(row.pk)
        tell_person(boss.user_id)
    found = list(Message.objects.order_by("pk").values_list("kind", "recipient", "language"))
    assert found == [("invitation", "new@toiya.example", "ja"), ("new_device", boss.user.email, "en")]
