"""An app's first tables, made at once.

Django makes a table first and then adds its columns, indexes and constraints one by one; for each it renders all models
again that are related to it, which here are nearly all. A table that nobody has yet can be made as it is in the end.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class FirstTables(migrations.Migration):
    """A migration that makes tables and nothing else."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        there: set[Any] = set(project_state.models)
        project_state.__dict__.pop("apps", None)  # what is rendered would be rendered again with every operation
        self.mutate_state(project_state, preserve=False)
        for app_label, name in project_state.models:
            model = project_state.apps.get_model(app_label, name)
            if (app_label, name) not in there and model._meta.can_migrate(schema_editor.connection):
                schema_editor.create_model(model)
        return project_state
