"""The addresses of the shop floor's pages."""

from django.urls import path

from huoku.server.shopfloor.kit_section import kit_section
from huoku.server.shopfloor.views import board, counting, doing, kitting, picking, quote, schedule, work

urlpatterns = [
    path("shop/board", board.board_page, name="shop_board"),
    path("shop/kitting", kitting.every, name="shop_kitting"),
    path("shop/kitting/figures", kitting.figures, name="shop_kitting_figures"),
    path("shop/kitting/<int:order_id>", kitting.one, name="shop_kit"),
    path("shop/kitting/<int:order_id>/section", kit_section, name="shop_kit_section"),
    path("shop/kitting/<int:order_id>/request", kitting.request_missing, name="shop_request"),
    path("shop/picking", picking.lists, name="shop_picking"),
    path("shop/picking/<int:list_id>", picking.walked, name="shop_walk"),
    path("shop/counting", counting.due, name="shop_counting"),
    path("shop/counting/plan", counting.plan, name="shop_plan_counts"),
    path("shop/counting/<int:task_id>", counting.one, name="shop_count"),
    path("shop/counting/<int:count_id>/approve", counting.approve, name="shop_approve_count"),
    path("shop/work", work.every, name="shop_work"),
    path("shop/work/cards", work.cards, name="shop_cards"),
    path("shop/work/<int:operation_id>", work.one, name="shop_operation"),
    path("shop/deliverable/<int:order_id>", quote.deliverable, name="shop_deliverable"),
    path("shop/schedule", schedule.schedule, name="shop_schedule"),
    path("shop/do/<slug:table_name>/<int:row_id>/<slug:action>", doing.do, name="shop_do"),
]
