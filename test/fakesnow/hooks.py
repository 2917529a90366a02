"""The seam: what may change a statement's text before it runs."""
import importlib.util
import inspect
import re
from pathlib import Path

# What a hook returns for a statement that is to have no effect.
NOTHING = "select 'Statement executed successfully.' as status"

_TEMPORARY = re.compile(
    r"(?is)\A((?:\s|/\*.*?\*/|--[^\n]*\n)*create(?:\s+or\s+replace)?)\s+(?:temporary|temp)\s+(table|view)\b"
)


def without_temporary(sql, _who):
    """DuckDB refuses temporary tables with a qualified name, which dbt makes: here they are plain ones."""
    return _TEMPORARY.sub(r"\1 \2", sql)


class Who:
    """Of a session, what a hook may ask and change: it is everybody's own, and DuckDB knows nothing of it."""

    def __init__(self, user, role, warehouse):
        self.user = user
        self.role = self.first_role = role or "ACCOUNTADMIN"
        self.warehouse = warehouse
        # As Snowflake has it for new users.
        self.secondary = True


def load(name):
    """
    The function of `FILE.py:FUNCTION`: it takes a statement's text and who asks, or the text alone, and returns the statement
    that runs instead.
    """
    file, _, function = name.rpartition(":")
    spec = importlib.util.spec_from_file_location(Path(file).stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    hook = getattr(module, function)
    return hook if len(inspect.signature(hook).parameters) > 1 else lambda sql, _: hook(sql)
