"""Grades pairs of contracts by `datacontract breaking`, all in one process.

Reads lines of JSON {"id", "base", "head"} from standard input, and writes a line {"id", "breaking"} for each. Breaking is what makes
its command exit with 1: an entry of level error. A text that it cannot read makes its command fail as well, and counts as breaking.
"""

import json
import logging
import sys

from datacontract.data_contract import DataContract

logging.disable(logging.CRITICAL)


def grade(base: str, head: str, perspective: str) -> bool:
    older, newer = (DataContract(data_contract_str=text) for text in (base, head))
    return older.breaking(newer, perspective=perspective).is_breaking


def either(base: str, head: str) -> dict[str, bool]:
    """From the side of readers, which is the command's own default, and from that of producers."""
    try:
        return {side: grade(base, head, side) for side in ("consumer", "producer")}
    except Exception:  # noqa: BLE001: whatever it throws, its command exits with 1
        return {"consumer": True, "producer": True}


for line in sys.stdin:
    pair = json.loads(line)
    print(json.dumps({"id": pair["id"], **either(pair["base"], pair["head"])}))
