"""Commands that are not undone by a press, and why: what to do instead."""

from collections.abc import Mapping

from huoku.language import Sentence

OTHERS_KNOW = Sentence(
    "别人已经按它在做，或者已经告诉了对方。请用单据的下一步，如取消、改期。",
    "Others act on it already, or the partner knows. Take the paper's next step, such as cancelling.",
)
MADE = Sentence(
    "料和工已经用掉。请用退料、报废或改单。",
    "Material and work are used up. Return, scrap, or change the order.",
)
COUNTED = Sentence("盘点和账期是事实。请再盘一次。", "A count, or a closed period, is a fact. Count again.")
SAID = Sentence("说过的话不收回，请再说一句。", "What was said stays. Say what is right in the next one.")
ADDED = Sentence("新建的档案不删除，停用即可。", "A master record is not deleted. Retire it.")
GONE = Sentence(
    "它带着明细一起删掉了。内容还在“经过”里，请照着重新建。",
    "It was taken out with its lines. They stand in the history: enter them again.",
)
SEVERAL = Sentence(
    "一次改了多处。原来的值在“经过”里，请再改回来。",
    "Several things were changed at once. What they were stands in the history: change them again.",
)
SETTING = Sentence("这是一项设定，改回原来的值即可。", "This is a setting: set it back.")
ACCESS = Sentence(
    "事关权限和登录，请重新办理，以便留痕。", "This is about access. Do it anew, so that it is on record."
)
KEPT_ELSEWHERE = Sentence("预留已经变动。请重新预留。", "Stock is kept otherwise by now. Reserve it again.")
RUN = Sentence("计划运算不改账。再算一次即可。", "A run of the plan changes no books. Have it worked out again.")
ITSELF = Sentence("这一步本身就是撤销，或是系统自己做的。", "It undoes something itself, or the system did it.")

_GROUPS: Mapping[Sentence, str] = {
    OTHERS_KNOW: """
        purchasing.approve purchasing.send purchasing.confirm purchasing.revise_dates purchasing.close purchasing.cancel
        planning.pull_lever purchasing.report_disruption
        purchasing.order_requests purchasing.reject_request purchasing.withdraw_request purchasing.reopen_request
        purchasing.set_tolerance sales.confirm_order sales.take_over_order sales.ask_departments
        sales.answer_for_department sales.ask_lock sales.unlock_order sales.check_order sales.check_off
        sales.close_order sales.cancel_order production.release_order production.reserve_order production.cancel_order
        production.cancel_pick_list warehouse.ask_for_transfer warehouse.approve_transfer warehouse.revise_arrival
        warehouse.cancel_transfer warehouse.close_transfer statements.send_customer_statement
        statements.send_supplier_statement statements.agree_customer_statement statements.agree_supplier_statement
        statements.dispute_customer_statement statements.dispute_supplier_statement
        statements.make_customer_statement statements.make_customer_statements statements.make_supplier_statement
        statements.make_supplier_statements statements.remake_customer_statement statements.remake_supplier_statement
        shortages.open_case shortages.note_shortage shortages.verify_case shortages.review_case shortages.choose_way
        shortages.combine_ways shortages.solve_case shortages.close_case documents.finish_task
        platform.approve platform.reject platform.withdraw notices.send_test notices.send_again
    """,
    MADE: """
        production.start_order production.start_operation production.resume_operation production.unfix_operation
        production.kit_order production.finish_order production.close_order production.report_operation
        production.issue_substitute production.take_over_order
    """,
    COUNTED: """
        ledger.state_count ledger.approve_count ledger.plan_counts ledger.draw_spot_check ledger.lock_period
        ledger.keep_valuation
    """,
    SAID: "documents.write_comment platform.take_exam",
    ADDED: """
        items.add_item items.add_resource partners.add_supplier partners.add_customer ledger.add_location
        ledger.add_owner platform.add_site platform.add_course platform.end_course documents.add_number_range
        items.retire_item_unit
    """,
    GONE: """
        items.remove_bom partners.remove_source
    """,
    SEVERAL: """
        items.change_bom items.classify_items purchasing.remove_line purchasing.change_line purchasing.change_order
        sales.change_order sales.change_quantity production.change_order warehouse.change_transfer
        planning.bring_past_use planning.bring_disposals api.begin_bulk platform.end_demo
    """,
    SETTING: """
        sales.set_sales_rules purchasing.add_defaults planning.describe_place planning.set_planning office.keep_view
        office.drop_view notices.keep_wish notices.add_robot notices.change_robot notices.confirm_address
    """,
    ACCESS: """
        platform.give_role platform.take_role platform.limit_sites platform.dismiss_person platform.invite
        platform.accept_invitation platform.revoke_invitation platform.add_token platform.revoke_token
        platform.allow_new_password platform.renew_sign_in platform.end_session platform.end_sessions
        platform.require_second_check platform.set_limit ledger.freeze_stream
    """,
    KEPT_ELSEWHERE: "ledger.state_supply",
    RUN: """
        platform.repeat_job
        planning.ask_plan planning.begin_run planning.take_up_run planning.tell_progress planning.write_part
        planning.end_run planning.fail_run planning.make_live planning.turn_live planning.drop_trial
    """,
    ITSELF: """
        office.undo ledger.reverse_movement production.put_back_line production.return_component
        purchasing.void_receipt sales.void_shipment purchasing.void_inspection purchasing.void_return sales.void_return
        warehouse.void_sending warehouse.void_arrival
        planning.reopen_proposals planning.keep_pegs ledger.expire_due shortages.watch_stock platform.begin_job
        alerts.keep_examination documents.tell_failure notices.give_up notices.note_that_it_works
    """,
}
NOT_UNDONE: dict[str, Sentence] = {name: why for why, names in _GROUPS.items() for name in names.split()}
"""By command, why there is no counter."""
