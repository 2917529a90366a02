"""The seam: what may change a statement's text before it runs."""
import importlib.util
import re
from pathlib import Path

# What a hook returns for a statement that is to have no effect.
NOTHING = "select 'Statement executed successfully.' as status"

_TEMPORARY = re.compile(
    r"(?is)\A((?:\s|/\*.*?\*/|--[^\n]*\n)*create(?:\s+or\s+replace)?)\s+(?:temporary|temp)\s+(table|view)\b"
)


def without_temporary(sql):
    """DuckDB refuses temporary tables with a qualified name, which dbt makes: here they are plain ones."""
    return _TEMPORARY.sub(r"\1 \2", sql)


def load(name):
    """The function of `FILE.py:FUNCTION`: it takes a statement's text and returns the one that runs instead."""
    file, _, function = name.rpartition(":")
    spec = importlib.util.spec_from_file_location(Path(file).stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, function)
