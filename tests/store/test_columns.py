"""One list of columns of a conversation: the table, the row, what Intercom tells and the list say the same."""

import sqlite3
from pathlib import Path
from typing import get_type_hints

from tests.bench.stock import fill
from tui.model.rows import ConversationRow
from tui.store import conversations
from tui.store.conversations import COLUMNS, ServerConversation
from tui.store.schema import MIGRATIONS
from tui.store.store import Store

GENERATED = {"wait_key"}
SQL_TYPES = {"INTEGER": int, "TEXT": str}


def test_the_table_has_the_columns_of_the_list(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite3")
    there = {name: SQL_TYPES[kind] for _, name, kind, *_ in store.reader.execute("PRAGMA table_xinfo(conversations)")}
    store.close()
    assert there.keys() - GENERATED == {one.name for one in COLUMNS if not one.sql}
    assert all(there[one.name] is one.kind for one in COLUMNS if not one.sql)
    assert len(MIGRATIONS) > 1


def test_the_row_has_the_fields_of_the_list_in_its_order() -> None:
    shown = [one for one in COLUMNS if one.field]
    assert [one.field for one in shown] == list(ConversationRow.__struct_fields__)
    hints = get_type_hints(ConversationRow)
    assert all(one.read is not None or hints[one.field] is one.kind for one in shown)


def test_what_intercom_tells_is_told_in_the_order_of_the_list() -> None:
    assert ServerConversation._fields == tuple(one.name for one in COLUMNS if one.told)


def test_a_row_comes_back_as_it_was_written(tmp_path: Path) -> None:
    stock = fill(tmp_path / "store.sqlite3", 30)
    store = Store.open(stock.path)
    rows = conversations.by_numbers(store.reader, range(1, 31))
    assert len(rows) == 30

    def write(db: sqlite3.Connection) -> None:
        for row in rows:
            conversations._write_shown(db, row)

    store.write_now(write)
    assert conversations.by_numbers(store.reader, range(1, 31)) == rows
    store.close()
