"""The counter of each command that can be undone: which commands, with what, put things back as they were."""

from huoku.server.office.undoing import bills_and_days, files, goods, plans, rows, stock, values, work
from huoku.server.office.undoing.aside import aside_as_before
from huoku.server.office.undoing.counter import Counter, by
from huoku.server.office.undoing.holds import held_as_before

COUNTERS: dict[str, Counter] = {
    # What was added is taken out again, where nothing refers to it yet.
    "items.add_bom": by("items.remove_bom"),
    "items.copy_bom": by("items.remove_bom"),
    "items.revise_bom": bills_and_days.former_revision,
    "items.replace_component": bills_and_days.former_revision,
    "items.add_substitute": by("items.remove_substitute"),
    "items.add_operation": by("items.remove_operation"),
    "items.add_calendar_day": by("items.remove_calendar_day"),
    "items.set_days": bills_and_days.days_as_before,
    "items.copy_year": bills_and_days.days_as_before,
    "items.add_item_file": by("items.remove_item_file"),
    "items.set_item_unit": by("items.retire_item_unit"),
    "partners.add_source": by("partners.remove_source"),
    "partners.add_price_break": by("partners.remove_price_break"),
    "partners.add_supplier_day": by("partners.remove_supplier_day"),
    "partners.add_offer": by("partners.remove_offer"),
    "planning.add_forecast": by("planning.remove_forecast"),
    "planning.add_lane": by("planning.remove_lane"),
    "planning.add_outlet": by("planning.remove_outlet"),
    "documents.add_attachment": by("documents.remove_attachment"),
    "purchasing.add_line": by("purchasing.remove_line"),
    # What was taken out is entered again.
    **dict.fromkeys(
        (
            *("items.remove_substitute", "items.remove_operation", "items.remove_calendar_day"),
            *("partners.remove_price_break", "partners.remove_supplier_day", "partners.remove_offer"),
            *("planning.remove_forecast", "planning.remove_lane", "planning.remove_outlet"),
        ),
        values.entered_again,
    ),
    # A file that was taken away is put back.
    "documents.remove_attachment": files.attached("documents.add_attachment"),
    "items.remove_item_file": files.attached("items.add_item_file"),
    # Papers that nobody has acted on yet.
    "purchasing.add_order": by("purchasing.cancel"),
    "purchasing.add_request": by("purchasing.withdraw_request"),
    "production.plan_order": by("production.cancel_order"),
    "production.make_pick_list": by("production.cancel_pick_list"),
    "warehouse.add_transfer": by("warehouse.cancel_transfer"),
    "sales.enter_order": by("sales.cancel_order"),
    "planning.call_off": plans.call_taken_back,
    "planning.keep_offer": by("sales.cancel_order"),
    # Steps that lead back.
    "sales.hold_order": held_as_before("sales.release_hold"),
    "sales.release_hold": held_as_before(),
    "sales.provide_order": held_as_before("sales.stop_providing"),
    "sales.stop_providing": by("sales.provide_order"),
    "sales.agree_lock": by("sales.unlock_order"),
    "office.postpone": aside_as_before,
    "office.take_up": aside_as_before,
    "production.pause_operation": by("production.resume_operation"),
    "production.fix_operation": by("production.unfix_operation"),
    # Stock.
    "ledger.record_movement": stock.reversed_movements,
    "ledger.write_off": stock.reversed_movements,
    "ledger.put_away": stock.carried_back,
    "ledger.reserve": stock.released,
    "ledger.release": stock.kept_again,
    "ledger.pre_empt": stock.given_back_to_the_loser,
    "ledger.pick": stock.taken_back,
    "ledger.post_reservation": stock.taken_back,
    "production.issue_component": work.returned,
    "production.take_line": work.put_back,
    "purchasing.receive": goods.not_received,
    "purchasing.inspect": goods.not_inspected,
    "purchasing.return_goods": goods.not_sent_back,
    "sales.take_back": goods.not_taken_back,
    "warehouse.send_transfer": goods.not_sent,
    "warehouse.receive_transfer": goods.not_arrived,
    "warehouse.settle_difference": goods.not_arrived,
    "sales.ship_goods": by("sales.void_shipment"),
    # The plan's proposals.
    "planning.accept_proposals": plans.reopened,
    "planning.reject_proposals": plans.reopened,
    # Values.
    **dict.fromkeys(
        (
            *("items.change_item", "items.change_resource", "items.change_operation", "items.change_substitute"),
            *("items.change_calendar_day", "partners.change_supplier", "partners.change_customer"),
            *("partners.change_source", "partners.change_price_break", "partners.change_supplier_day"),
            "partners.change_offer",
            *("planning.change_forecast", "ledger.change_location", "purchasing.change_request"),
            *("purchasing.change_defaults", "documents.change_number_range"),
        ),
        values.set_back,
    ),
}
COUNTERS["office.save_rows"] = rows.each_by(COUNTERS)
