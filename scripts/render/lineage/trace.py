"""
Traces columns through SQL. Reads JSON on stdin: {"tables": {"DB.SCHEMA.TABLE": [column, ...]},
"filled": [{"table": ..., "columns": [...], "statements": [SQL, ...]}]}; writes, for each that is filled,
{"table", "columns": {name: {"of": [...], "by": [...]}}, "rows": [...], "reads": [...]}, or {"table", "unknown": why}.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sqlglot.errors import SqlglotError  # noqa: E402

from provenance import Relation, Unknown, either  # noqa: E402
from statements import filled  # noqa: E402


def traced(table, columns, statements, tables):
    try:
        whole = Relation({})
        for sql in statements:
            part = filled(sql, table, columns, tables)
            merged = dict(whole.columns)
            for name, made in part.columns.items():
                merged[name] = either(merged[name], made) if name in merged else made
            whole = Relation(merged, whole.rows | part.rows, whole.reads | part.reads)
    except (Unknown, SqlglotError) as error:
        return {"table": table, "unknown": str(error).split("\n")[0]}
    return {
        "table": table,
        "columns": {
            name: {"of": _told(made.of), "by": _told(made.by - made.of)} for name, made in whole.columns.items()
        },
        "rows": _told(whole.rows),
        "reads": sorted(whole.reads),
    }


def _told(leaves):
    return sorted(map(str, leaves))


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump([traced(**one, tables=given["tables"]) for one in given["filled"]], sys.stdout)
