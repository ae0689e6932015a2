"""The addresses of the screens."""

from django.urls import path

from huoku.server.workbench.views import buying, item, pegging, quotation

urlpatterns = [
    path("desk/buying", buying.every, name="desk_buying"),
    path("desk/buying/approve", buying.approve, name="desk_approve"),
    path("desk/buying/<int:proposal_id>", buying.one, name="desk_purchase"),
    path("desk/buying/<int:proposal_id>/take", buying.take, name="desk_take"),
    path("desk/buying/<int:proposal_id>/reject", buying.reject, name="desk_reject"),
    path("desk/quotation", quotation.quotation, name="desk_quotation"),
    path("desk/quotation/quantities", quotation.quantities, name="desk_quantities"),
    path("desk/quotation/keep", quotation.keep, name="desk_keep_offer"),
    path("desk/pegging", pegging.every, name="desk_pegging"),
    path("desk/pegging/<int:line_id>", pegging.one, name="desk_pegging_of"),
    path("desk/item/<int:item_id>", item.card, name="desk_item"),
]
