"""Runs a command on a pseudo-terminal: types each text once the one before it was asked for. Usage: STEPS COMMAND...

STEPS is JSON: [[what is waited for, what is typed], ...]. What the command shows goes to standard output; its exit code is
this one's.
"""

import json
import os
import pty
import select
import sys
import time

PATIENCE_SECONDS = 30


def main(steps: list, command: list) -> int:
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    shown = b""
    seen = 0
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says so where the command has ended.
            break
        if not read:
            break
        shown += read
        while steps and (at := shown.find(steps[0][0].encode(), seen)) >= 0:
            seen = at + len(steps[0][0])
            os.write(terminal, steps.pop(0)[1].encode())
    else:
        os.kill(child, 9)
    sys.stdout.buffer.write(shown)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


sys.exit(main(json.loads(sys.argv[1]), sys.argv[2:]))
