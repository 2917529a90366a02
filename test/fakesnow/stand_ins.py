"""What stands in for Snowflake's pipeline and governance where there is only DuckDB: a hook of server.py.

The statement as it came is in the server's log before this is asked. Taken off are policies, tags and table options;
a stream is a view of its table, a task runs its statement once when it is resumed, a dynamic table is a table. So
what a statement computes is seen, and nothing of what protects or schedules it.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import flatten  # noqa: E402, F401
from words import Words  # noqa: E402

NOTHING = "select 'Statement executed successfully.' as status"

# What SHOW has to say of them, by full name.
TASKS = {}
DYNAMIC_TABLES = {}


def stand_in(sql):
    """The statement that runs instead."""
    words = Words(sql)
    for phrase, replace in REPLACEMENTS:
        if words.starts(0, phrase):
            return replace(words, len(phrase.split()))
    return without_positions(words)


def without_positions(words):
    """A table as far as a stream has taken it: here that is all of it."""
    text, at = words.sql, len(words.tokens)
    while at > 0:
        at -= 1
        if words.starts(at, "AT ( STREAM =>"):
            text = text[: words.tokens[at].start].rstrip() + text[words.tokens[words.closing(at + 1)].end + 1 :]
    return text


def without_clauses(text):
    """Columns without policies, tags and comments."""
    words = Words(text)
    kept, at = [], 0
    while at < len(words.tokens):
        end = end_of_clause(words, at)
        if end == at:
            start = words.tokens[at - 1].end + 1 if at else 0
            kept.append(text[start : words.tokens[at].end + 1])
            end += 1
        at = end
    return "".join(kept)


def end_of_clause(words, at):
    """The place behind a clause of governance that begins at a place; the same place where none does."""
    if words.starts(at, "WITH MASKING POLICY"):
        _, end = words.name(at + 3)
        return words.closing(end + 1) + 1 if words.starts(end, "USING (") else end
    if words.starts(at, "WITH TAG ("):
        return words.closing(at + 2) + 1
    if words.starts(at, "COMMENT"):
        return at + 2
    return at


def create_table(words, at):
    name, opening = words.name(at)
    columns = words.between(opening + 1, words.closing(opening))
    return f"create table if not exists {name} ({without_clauses(columns)})"


def alter_table(words, at):
    name, behind = words.name(at)
    if words.starts(behind, "MODIFY COLUMN"):
        protects = words.find("SET MASKING POLICY", behind) > 0 or words.find("SET TAG", behind) > 0
        return NOTHING if protects else words.sql
    if not words.starts(behind, "ADD COLUMN"):
        return words.sql
    return f"alter table {name} add column {without_clauses(words.rest(behind + 2))}"


def create_schema(words, at):
    name, _ = words.name(at)
    return f"create schema if not exists {name}"


def create_stream(words, at):
    name, behind = words.name(at)
    table, _ = words.name(words.find("ON TABLE", behind) + 2)
    return f"create or replace view {name} as select * from {table}"


def drop_stream(words, at):
    return f"drop view if exists {object_name(words, at)}"


def create_task(words, at):
    name, behind = words.name(at)
    TASKS[name] = {
        "name": last(name),
        "state": "suspended",
        "comment": words.literal("COMMENT =", behind),
        "body": words.rest(words.find("AS", behind) + 1),
    }
    return NOTHING


def alter_task(words, at):
    name = object_name(words, at)
    task = TASKS.get(name)
    resumed = words.texts[-1] == "RESUME"
    if task is None:
        return NOTHING
    task["state"] = "started" if resumed else "suspended"
    return stand_in(task["body"]) if resumed else NOTHING


def drop_task(words, at):
    TASKS.pop(object_name(words, at), None)
    return NOTHING


def create_dynamic_table(words, at):
    name, opening = words.name(at)
    options = words.closing(opening) + 1
    query = words.find("AS", options)
    DYNAMIC_TABLES[name] = {
        "name": last(name),
        "target_lag": words.literal("TARGET_LAG =", options),
        "comment": words.literal("COMMENT =", options),
    }
    select = words.rest(query + 1)
    kept = words.find("BACKFILL FROM", options)
    if kept > 0:
        frozen = words.find("FROZEN WHERE", options) + 2
        is_frozen = words.between(frozen, words.closing(frozen) + 1)
        select = (
            f"select * from ({select}) where not coalesce({is_frozen}, false) "
            f"union all select * from {words.name(kept + 2)[0]} where {is_frozen}"
        )
    return f"create or replace table {name} as {select}"


def alter_dynamic_table(words, at):
    DYNAMIC_TABLES[object_name(words, at)]["target_lag"] = words.literal("TARGET_LAG =")
    return NOTHING


def drop_dynamic_table(words, at):
    DYNAMIC_TABLES.pop(object_name(words, at), None)
    return f"drop table {object_name(words, at)}"


def create_view(words, at):
    name, opening = words.name(at)
    query = words.find("AS", words.closing(opening) + 1)
    return f"create or replace view {name} as {words.rest(query + 1)}"


def insert_overwrite(words, at):
    """One statement, as it is one on Snowflake; it takes NOT NULL off, which nothing after it asks for."""
    name, opening = words.name(at)
    return f"create or replace table {name} as select * from ({words.rest(words.closing(opening) + 1)})"


def show_tasks(words, _):
    return shown(words, TASKS, ["name", "state", "comment"])


def show_dynamic_tables(words, _):
    return shown(words, DYNAMIC_TABLES, ["name", "target_lag", "comment"])


def shown(words, objects, fields):
    """Those of the schema that the statement names."""
    schema, _ = words.name(words.find("IN SCHEMA") + 2)
    rows = [one for name, one in objects.items() if name.startswith(f"{schema}.")]
    selects = [", ".join(f"{quoted(row[field])} as \"{field}\"" for field in fields) for row in rows]
    nobody = ", ".join(f"'' as \"{field}\"" for field in fields)
    return " union all ".join(f"select {select}" for select in selects) or f"select {nobody} where false"


def object_name(words, at):
    return words.name(at + 2 if words.starts(at, "IF EXISTS") else at)[0]


def quoted(text):
    return "'" + (text or "").replace("'", "''") + "'"


def last(name):
    return name.rsplit(".", 1)[-1].strip('"')


def nothing(words, at):
    """Nobody is kept from anything here, so nobody needs to be let."""
    return NOTHING


REPLACEMENTS = [
    ("CREATE SCHEMA IF NOT EXISTS", create_schema),
    ("GRANT", nothing),
    ("CREATE TABLE IF NOT EXISTS", create_table),
    ("ALTER TABLE", alter_table),
    ("CREATE STREAM IF NOT EXISTS", create_stream),
    ("DROP STREAM", drop_stream),
    ("CREATE OR ALTER TASK", create_task),
    ("ALTER TASK", alter_task),
    ("DROP TASK", drop_task),
    ("CREATE OR REPLACE DYNAMIC TABLE", create_dynamic_table),
    ("ALTER DYNAMIC TABLE", alter_dynamic_table),
    ("DROP DYNAMIC TABLE", drop_dynamic_table),
    ("CREATE OR REPLACE SECURE VIEW", create_view),
    ("INSERT OVERWRITE INTO", insert_overwrite),
    ("SHOW TASKS", show_tasks),
    ("SHOW DYNAMIC TABLES", show_dynamic_tables),
]
