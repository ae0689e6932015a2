"""What people and programs see of the record: tables, declared once by each app in its ``tables.py``.

From a declaration come the pages' lists, the interface's routes and its description, exports, the history of a row,
and the tests of who may see what. There is one way from rows to values (``showing``), and it leaves out what the
actor may not see.
"""
