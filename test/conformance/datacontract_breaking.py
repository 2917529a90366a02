"""Grades pairs of contracts by `datacontract breaking`, all in one process.

Reads lines of JSON {"id", "base", "head"} from standard input, and writes a line {"id", "breaking"} for each: whether the command
would exit with 1, which is when an entry is of level error (from the side of consumers, its default). A text that it cannot read
makes it fail as well, and counts as breaking.
"""

import json
import logging
import sys
from functools import cache

import yaml
from jsonschema import validators

# Nothing of a verdict depends on these two, and nearly all of the time does: YAML is read in C, and the schema of ODCS, which is
# the same for every pair, is not checked by the schema of schemas again and again.
yaml.SafeLoader = yaml.CSafeLoader
_validator_for = validators.validator_for


def validator_for(schema, *rest, **named):
    found = _validator_for(schema, *rest, **named)
    found.check_schema = lambda _schema: None
    return found


validators.validator_for = validator_for

from datacontract.data_contract import DataContract  # noqa: E402

logging.disable(logging.CRITICAL)


@cache
def read(text: str):
    return DataContract(data_contract_str=text).get_data_contract()


def is_breaking(base: str, head: str) -> bool:
    try:
        older, newer = (DataContract(data_contract=read(text)) for text in (base, head))
        return older.breaking(newer).is_breaking
    except Exception:  # noqa: BLE001: whatever it throws, the command fails
        return True


for line in sys.stdin:
    pair = json.loads(line)
    print(json.dumps({"id": pair["id"], "breaking": is_breaking(pair["base"], pair["head"])}))
