"""The addresses of the desk."""

from django.urls import path

from huoku.server.office.views import (
    changes,
    doing,
    grid,
    home,
    labels,
    lists,
    papers,
    reasons,
    record,
    search,
    talk,
    undoing,
)

urlpatterns = [
    path("", home.home, name="office_home"),
    path("search", search.search, name="office_search"),
    path("desk/why/<str:figure>", reasons.reason, name="office_why"),
    path("desk/why/<str:figure>/<str:about>", reasons.reason, name="office_why"),
    path("desk/undo", undoing.undone, name="office_undo"),
    path("desk/changes", changes.changes, name="office_changes"),
    path("desk/record", record.record, name="office_record"),
    path("desk/names", talk.names, name="office_names"),
    path("office/<slug:table_name>/", lists.rows, name="office_list"),
    path("office/<slug:table_name>/rows", grid.rows, name="office_rows"),
    path("office/<slug:table_name>/check", grid.check, name="office_check"),
    path("office/<slug:table_name>/save", grid.save, name="office_save"),
    path("office/<slug:table_name>/views/keep", grid.keep, name="office_keep_view"),
    path("office/<slug:table_name>/views/drop", grid.drop, name="office_drop_view"),
    path("office/<slug:table_name>/chosen/<slug:action>", doing.chosen, name="office_chosen"),
    path("office/<slug:table_name>/labels", labels.labels, name="office_labels"),
    path("office/<slug:table_name>/new", doing.add, name="office_add"),
    path("office/<slug:table_name>/<str:row_id>/", papers.paper, name="office_row"),
    path("office/<slug:table_name>/<str:row_id>/drawer", grid.drawer, name="office_drawer"),
    path("office/<slug:table_name>/<str:row_id>/print", papers.printed, name="office_print"),
    path("office/<slug:table_name>/<str:row_id>/comment", talk.comment, name="office_comment"),
    path("office/<slug:table_name>/<str:row_id>/files", talk.bring, name="office_files"),
    path("office/<slug:table_name>/<str:row_id>/files/<int:file_id>", talk.fetch, name="office_file"),
    path("office/<slug:table_name>/<str:row_id>/files/<int:file_id>/remove", talk.remove, name="office_file_remove"),
    path("office/<slug:table_name>/<str:row_id>/do/<slug:action>", doing.step, name="office_step"),
]
