"""Results as the JSON rowsets that the Node driver reads; fakesnow itself answers in Arrow alone."""
import base64
import datetime
import json

import pyarrow

EPOCH = datetime.date(1970, 1, 1)
NANOSECONDS = 1_000_000_000

# The driver formats by them, and fails where one is missing.
PARAMETERS = {
    "BINARY_OUTPUT_FORMAT": "HEX",
    "CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ": False,
    "DATE_OUTPUT_FORMAT": "YYYY-MM-DD",
    "TIME_OUTPUT_FORMAT": "HH24:MI:SS",
    "TIMESTAMP_LTZ_OUTPUT_FORMAT": "",
    "TIMESTAMP_NTZ_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3",
    "TIMESTAMP_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
    "TIMESTAMP_TZ_OUTPUT_FORMAT": "",
}


def rows_of(data):
    """The rows of an answer's `data`, each value as text or None, whatever form they came in."""
    if data.get("queryResultFormat") != "arrow":
        return data.get("rowset") or []
    if not data.get("rowsetBase64"):
        return []
    table = pyarrow.ipc.open_stream(base64.b64decode(data["rowsetBase64"])).read_all()
    columns = [
        [text_of(value, column["type"]) for value in values.to_pylist()]
        for values, column in zip(table.columns, data["rowtype"], strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def text_of(value, kind):
    if value is None or (isinstance(value, dict) and value["epoch"] is None):
        return None
    if kind.startswith("timestamp"):
        # Before 1970 fakesnow counts the fraction upwards from the second, Snowflake writes one negative number.
        nanoseconds = value["epoch"] * NANOSECONDS + value["fraction"]
        sign, size = ("-", -nanoseconds) if nanoseconds < 0 else ("", nanoseconds)
        seconds = f"{sign}{size // NANOSECONDS}.{size % NANOSECONDS:09d}"
        return f"{seconds} {value.get('timezone', 1440)}" if kind == "timestamp_tz" else seconds
    if kind == "date":
        return str((value - EPOCH).days)
    if kind == "time":
        return f"{value // NANOSECONDS}.{value % NANOSECONDS:09d}"
    if kind == "boolean":
        return "1" if value else "0"
    if kind == "binary":
        return value.hex().upper()
    if kind == "real":
        return repr(value)
    return value if isinstance(value, str) else str(value)


def as_json(data, rows, chunks):
    """`data` with rows inline, or with the chunks that hold them."""
    data.pop("rowsetBase64", None)
    data["queryResultFormat"] = "json"
    data["rowset"] = [] if chunks else rows
    data["chunks"] = chunks or None
    data["returned"] = len(rows)
    data.setdefault("version", 1)
    for column in data["rowtype"]:
        if column["type"] == "fixed":
            column["scale"] = column["scale"] or 0
    given = data.setdefault("parameters", [])
    known = {parameter["name"] for parameter in given}
    given += [{"name": name, "value": value} for name, value in PARAMETERS.items() if name not in known]
    return data


def cut(rows, size):
    """Rows as the texts of chunks (JSON arrays without the outer brackets), each with its count."""
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        yield json.dumps(part, separators=(",", ":"))[1:-1], len(part)
