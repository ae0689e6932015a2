"""The addresses of the screens."""

from django.urls import path

from huoku.server.workbench.views import bill, boss, buying, item, pegging, quotation, replacing, revising, what_if

urlpatterns = [
    path("desk/buying", buying.every, name="desk_buying"),
    path("desk/buying/approve", buying.approve, name="desk_approve"),
    path("desk/buying/<int:proposal_id>", buying.one, name="desk_purchase"),
    path("desk/buying/<int:proposal_id>/take", buying.take, name="desk_take"),
    path("desk/buying/<int:proposal_id>/card", boss.card, name="desk_excess_card"),
    path("desk/case", boss.case, name="desk_case"),
    path("desk/buying/<int:proposal_id>/pull", buying.pull, name="desk_pull"),
    path("desk/buying/<int:proposal_id>/reject", buying.reject, name="desk_reject"),
    path("desk/quotation", quotation.quotation, name="desk_quotation"),
    path("desk/quotation/quantities", quotation.quantities, name="desk_quantities"),
    path("desk/quotation/keep", quotation.keep, name="desk_keep_offer"),
    path("desk/what-if", what_if.what_if, name="desk_what_if"),
    path("desk/what-if/keep", what_if.keep, name="desk_keep_trial"),
    path("desk/what-if/<int:run_id>", what_if.trial, name="desk_trial"),
    path("desk/what-if/<int:run_id>/live", what_if.live, name="desk_make_live"),
    path("desk/what-if/<int:run_id>/drop", what_if.drop, name="desk_drop_trial"),
    path("desk/pegging", pegging.every, name="desk_pegging"),
    path("desk/pegging/<int:line_id>", pegging.one, name="desk_pegging_of"),
    path("desk/bill/<int:item_id>", bill.bill, name="desk_bill"),
    path("desk/bill/<int:item_id>/level", bill.level, name="desk_bill_level"),
    path("desk/bill/<int:item_id>/revising", revising.revising, name="desk_revising"),
    path("desk/bill/<int:item_id>/replacing", replacing.replacing, name="desk_replacing"),
    path("desk/bill/<int:item_id>/replace", replacing.replace, name="desk_replace"),
    path("desk/item/<int:item_id>", item.card, name="desk_item"),
]
