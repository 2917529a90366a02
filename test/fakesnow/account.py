"""What of an account DuckDB does not have: a hook of server.py, before stand_ins.py. Such statements have no effect."""
import re

NOTHING = "select 'Statement executed successfully.' as status"

_COMMENTS = r"(?is)\A(?:\s|--[^\n]*\n)*"
_WITHOUT_EFFECT = re.compile(
    _COMMENTS
    + r"(?:ALTER|GRANT|EXECUTE|USE|DELETE|MERGE"
    + r"|CREATE (?:DATABASE )?ROLE|CREATE (?:RESOURCE MONITOR|WAREHOUSE|TAG|USER|TASK|EVENT TABLE|NETWORK RULE|NETWORK POLICY)"
    + r"|CREATE (?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION|STORAGE LIFECYCLE) POLICY"
    + r"|CREATE SHARE|(?:CREATE|SHOW) MANAGED ACCOUNTS?"
    + r"|CREATE OR REPLACE PROCEDURE)\b"
)


def without_effect(sql):
    """The statement that runs instead."""
    return NOTHING if _WITHOUT_EFFECT.match(sql) else sql
