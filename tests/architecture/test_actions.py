"""Every verb has the same shape: keyword-only, `actor` and `at` last."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from tests.architecture.house import actions

# The verbs of the two ledgers: a Book or a Purse says whose, where, by whom and when.
LEDGERS = ("stock.actions.ledger.", "wallet.actions.ledger.", "wallet.actions.ledger_back.")
# Not whole actions, each with its reason. Nothing else may differ.
EXEMPT = {
    "allocation.actions.dividing.free_for": "a step of a higher action, changes nothing",
    "allocation.actions.dividing.lock_to_judge": "locks rows for a higher action, changes nothing",
    "allocation.actions.dividing.pass_gate": "locks the gate for a higher action, changes nothing",
    "allocation.actions.dividing.wish_alike": "a step of a higher action, which records the parting",
    "assembly.actions.asking.check_assembled": "a check of two actions, changes nothing",
    "assembly.actions.asking.check_pieces": "a check of several actions, changes nothing",
    "assembly.actions.asking.locked_order": "locks a row for its neighbours, changes nothing",
    "assembly.actions.making.choose_bin": "a step at the bench, told with the pieces made",
    "assembly.actions.making.confirm_part": "a step at the bench, told with the pieces made",
    "assembly.actions.making.lock_goods": "locks rows for a higher action, changes nothing",
    "billing.actions.closing.locked_statement": "locks a row for its neighbours, changes nothing",
    "billing.actions.noting.note_issued": "says what is told of a note, changes nothing",
    "carriers.actions.buying.claim_label": "a step of the job: its attempt is no event",
    "carriers.actions.contracts.draw_number": "a step under want_label",
    "carriers.actions.forgetting.erased_page": "draws a page, changes nothing",
    "carriers.actions.forgetting.forget_receivers": "a step of a higher action, which records BuyerForgotten",
    "carriers.actions.labels.drop_label": "a step of a higher action, which tells why",
    "carriers.actions.labels.want_label": "a step of a higher action, which records LabelWanted",
    "catalog.actions.barcodes.check_barcodes": "a check of several actions, changes nothing",
    "catalog.actions.bundles.checked_parts": "a check of a higher action, changes nothing",
    "catalog.actions.bundles.write_parts": "a step of a higher action, which records BundleSet or BundleUnset",
    "catalog.actions.editing.check_option": "a check of several actions, changes nothing",
    "catalog.actions.editing.locked_item": "locks a row for its neighbours, changes nothing",
    "catalog.actions.editing.locked_sku": "locks a row for its neighbours, changes nothing",
    "catalog.actions.registering.check_seller_code": "a check of several actions, changes nothing",
    "catalog.actions.removing.uses_of": "says what refers to a SKU, changes nothing",
    "channels.actions.connecting.access_to": "opens a key for the job, changes nothing",
    "channels.actions.connecting.record_reconciled": "a job notes how far it came: no event",
    "channels.actions.following_products.shown_by_followed": "reads what the site showed, changes nothing",
    "channels.actions.join_upkeep.follow_merge": "follows from an event that was recorded",
    "channels.actions.join_upkeep.sweep_joins": "forgets what is over: no event",
    "channels.actions.joining.assertion_of": "opens an assertion for the call, changes nothing",
    "channels.actions.joining.renew_join": "keeps a form alive: no event",
    "channels.actions.telling.want_confirmations": "wishes follow from events that were recorded",
    "channels.actions.telling.want_stock": "wishes follow from events that were recorded",
    "channels.actions.telling.want_write_backs": "wishes follow from events that were recorded",
    "dues.actions.crediting.most_to_credit": "locks the bill for its neighbours, changes nothing",
    "dues.actions.finding.locked_by_id": "locks rows for its neighbours, changes nothing",
    "dues.actions.finding.locked_request": "locks rows for its neighbours, changes nothing",
    "claims.actions.crediting.rule_on": "reads what a seller's contract says, changes nothing",
    "claims.actions.evidence.locked_claim": "locks a row for its neighbours, changes nothing",
    "claims.actions.opening.inspected": "reads what was booked in, changes nothing",
    "claims.actions.opening.opened": "says what is told of a claim, changes nothing",
    "claims.actions.opening.parcel_cause": "names what a claim is about, changes nothing",
    "claims.actions.opening.parcel_draft": "reads the records of a parcel, changes nothing",
    "claims.actions.opening.write_claim": "a step of two actions, which record ClaimOpened",
    "imports.actions.handing_in.lock_session": "a step under its neighbours",
    "imports.actions.mending.judge_again": "a step under its neighbours, which record CellsMended",
    "inbound.actions.arriving.rules_of": "reads what a building takes in, changes nothing",
    "inbound.actions.counting.check_is_here": "a check of two actions, changes nothing",
    "inbound.actions.counting.lock_delivery": "a step under its neighbours",
    "members.actions.applying.store_application": "a step under its neighbours, which record the event",
    "members.actions.approving.check_service": "a check of two actions, changes nothing",
    "members.actions.certificates.store_certificates": "a step under its neighbours, which record the events",
    "members.actions.factors.bound_to": "names what a seed belongs to, changes nothing",
    "members.actions.inviting.bound_to": "names what a token belongs to, changes nothing",
    "members.actions.inviting.hashed": "computes, changes nothing",
    "members.actions.joining.add_member": "set up from the command line, before anybody can act",
    "members.actions.joining.add_staff": "set up from the command line, before anybody can act",
    "members.actions.joining.reset_pin": "set up from the command line, before anybody can act",
    "members.actions.joining.sign_in_on_floor": "finds out who acts",
    "members.actions.keys.hashed": "computes, changes nothing",
    "members.actions.keys.note_used": "notes the last use of a key: no event",
    "members.actions.keys.revoke_rows": "a step of a higher action",
    "members.actions.sessions.end_rows": "a step of a higher action",
    "members.actions.sessions.follow": "a session has a new id: no event",
    "members.actions.sessions.note_seen": "notes the last use of a session: no event",
    "members.actions.signing_up.is_taken": "says what is, changes nothing",
    "members.actions.team.own_permissions": "reads what a role may do, changes nothing",
    "members.actions.team.take_out": "a step of a higher action",
    "notifications.actions.sending.claim_message": "a step of the job: its attempt is no event",
    "notifications.actions.writing.to_user": "says who is written to, changes nothing",
    "notifications.actions.writing.write_letter": "a step of a higher action, which says why",
    "orders.actions.ways.note_way": "a step of a higher action, which records the choice",
    "orders.actions.ways.services_of": "says what a seller has, changes nothing",
    "outbound.actions.boxes.box_named": "reads a box for several actions, changes nothing",
    "outbound.actions.boxes.note_box": "a step of a higher action, which records the sealing",
    "outbound.actions.labelling.lift_holds": "a step of a higher action, which records what it returns",
    "outbound.actions.labelling.lock_parcel": "a step under its neighbours",
    "outbound.actions.on_the_road.kept_by_picks": "reads what open picks want, changes nothing",
    "outbound.actions.packing.locked_parcel": "locks a row for its neighbours, changes nothing",
    "outbound.actions.packing.packing_from": "says how far a parcel is, changes nothing",
    "outbound.actions.picking.check_picker": "a check of two actions, changes nothing",
    "outbound.actions.picking.close_walks": "a step of a higher action",
    "outbound.actions.picking.printed_codes": "says what is printed, changes nothing",
    "outbound.actions.picking.step_of": "says what comes next, changes nothing",
    "outbound.actions.short_picks.open_tasks_of": "a step of a higher action",
    "outbound.actions.short_picks.put_back": "a step of a higher action, told by its Book",
    "outbound.actions.stopped.leave_floor": "a step of a higher action, which records what it returns",
    "outbound.actions.stopped.lock_work": "locks rows for a higher action, changes nothing",
    "pricing.actions.charging.price": "prices facts for higher actions, changes nothing",
    "pricing.actions.charging.quoted": "computes, changes nothing",
    "pricing.actions.charging.write_charges": "a step of a higher action, which tells the fee",
    "outbound.actions.weights.check_acceptance": "a check of a higher action, changes nothing",
    "outbound.actions.weights.expected_of": "says what a box should weigh, changes nothing",
    "outbound.actions.weights.learn_from": "a step of sealing, which records ParcelSealed",
    "stock.actions.counting.newest_movement": "reads the newest movement, changes nothing",
    "stock.actions.goods.book_in": "a step of a count, which records what it returns",
    "stock.actions.goods.check_has_pieces": "a check of two actions, changes nothing",
    "stock.actions.spots.check_seen": "a check of several actions, changes nothing",
    "stock.actions.spots.check_usable": "a check of several actions, changes nothing",
    "returns.actions.announcing.open_return": "a step of higher actions, which tell how it came",
    "returns.actions.fees.charge_return": "a step of closing, which records what it gives it",
    "returns.actions.locking.locked_aside": "locks a row for its neighbours, changes nothing",
    "returns.actions.locking.locked_door_parcel": "locks a row for its neighbours, changes nothing",
    "returns.actions.locking.locked_removal": "locks rows for its neighbours, changes nothing",
    "returns.actions.locking.locked_return": "locks rows for its neighbours, changes nothing",
    "returns.actions.ordering.check_terms": "a check of two actions, changes nothing",
    "returns.actions.ordering.everything": "reads for two actions, changes nothing",
    "returns.actions.ordering.promise": "a step of two actions, which record what it gives them",
    "returns.actions.ordering.write_lines": "a step of two actions, which tell the pieces",
    "returns.actions.ordering.write_removal": "a step of two actions, which tell the removal",
    "transfers.actions.arriving.choose_target": "a step at the shelf, told with the pieces put away",
    "transfers.actions.asking.check_pieces": "a check of several actions, changes nothing",
    "transfers.actions.asking.free_promised": "a step of a higher action, told by it",
    "transfers.actions.asking.locked_transfer": "locks a row for its neighbours, changes nothing",
    "transfers.actions.sending.check_place": "a check of several actions, changes nothing",
    "transfers.actions.sending.choose_source": "a step at the shelf, told with the pieces collected",
    "transfers.actions.sending.note_scan": "a step of a higher action, which tells the pieces",
    "channels.actions.settlement_files.rows_of": "reads what a file holds, changes nothing",
    "channels.actions.settling.judge_rows": "judges rows, changes nothing",
    "wallet.actions.deposits.book_deposit": "a step of higher actions: tells the deposit it books",
    "wallet.actions.deposits.lost_its_transfer": "a step of two actions, which tell MoneyTakenBack",
    "wallet.actions.reversals.take_from_wallet": "a step of two actions, which tell MoneyTakenBack",
    "wallet.actions.reversals.taken_back": "says what to record, changes nothing",
    "wallet.actions.reversals.write_reversal": "a step of two actions, which tell what they wish",
    "wallet.actions.cards.card_of": "names what a card belongs to, changes nothing",
    "wallet.actions.cards.wished": "says what to record, changes nothing",
    "wallet.actions.cards.write_payment": "a step of a higher action, which records `wished`",
    "wallet.actions.sales.set_aside_fees": "a step of a higher action: the Purse says by whom and when",
    "warehouses.actions.places.place_of_kind": "makes a place every warehouse has: no event",
    "warehouses.actions.setting_up.open_warehouse": "set up from the command line, before anybody can act",
    "warehouses.actions.centres.check_centre": "a check of several actions, changes nothing",
    "warehouses.actions.centres.use_centres": "a step of a higher action, which records CentresChosen",
}
EVERYTHING = dict(actions())
ACTIONS = [pair for pair in EVERYTHING.items() if not pair[0].startswith(LEDGERS) and pair[0] not in EXEMPT]


def test_there_are_actions() -> None:
    names = {name for name, _ in ACTIONS}
    assert {"orders.actions.placing.place_orders", "outbound.actions.shipping.ship_parcels"} <= names


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_takes_keywords_only_and_ends_with_actor_and_at(name: str, action: Callable[..., Any]) -> None:
    parameters = list(inspect.signature(action).parameters.values())
    required = [each.name for each in parameters if each.default is inspect.Parameter.empty]
    assert {each.kind for each in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert required[-2:] == ["actor", "at"], required
    assert action.__doc__, "a docstring tells the caller what happens and what it raises"


def test_what_is_exempt_is_still_there() -> None:
    assert set(EXEMPT) - set(EVERYTHING) == set()
