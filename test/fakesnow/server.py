"""fakesnow on loopback, for the Node driver as well as for the Python connector and dbt.

Prints one JSON line, {"url": ...}, when it takes connections. Ends on SIGTERM, and when its standard input closes
where that is a pipe: it does not outlive who started it. Everything is in memory.

It is DuckDB beneath: roles, grants, policies, streams, tasks and pipes are refused or ignored, but for what a hook makes of them.
"""
import argparse
import json
import os
import socket
import stat
import sys
import threading

import fakesnow.server
import uvicorn
from fakesnow.instance import FakeSnow
from starlette.applications import Starlette

from endpoints import Endpoints
from hooks import load, without_temporary
from key_pair import KeyPair
from statements import Log


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: one that is free")
    parser.add_argument("--log", help="a JSON line for each login, statement, end and abort goes into this file")
    parser.add_argument("--hook", action="append", default=[], help="FILE.py:FUNCTION that changes statements, in turn")
    parser.add_argument("--nop", action="append", default=[], help="a regex; statements that begin with it do nothing")
    parser.add_argument("--public-key", help="PEM: only tokens of this key log in; without it everybody does")
    parser.add_argument("--database", help="where sessions are that name none; FLATTEN works in a database alone")
    parser.add_argument("--chunk-rows", type=int, default=10_000, help="results of more rows come in chunks, to Node")
    return parser.parse_args()


def end_with_stdin(server):
    """A pipe that closes means that whoever started this is gone."""
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return

    def wait():
        while os.read(sys.stdin.fileno(), 4096):
            pass
        server.should_exit = True

    threading.Thread(target=wait, daemon=True).start()


def main():
    options = arguments()
    fakesnow.server.shared_fs = FakeSnow(nop_regexes=options.nop or None)
    endpoints = Endpoints(
        log=Log(options.log),
        hooks=[*(load(name) for name in options.hook), without_temporary],
        key_pair=KeyPair(options.public_key) if options.public_key else None,
        database=options.database,
        chunk_rows=options.chunk_rows,
    )
    listening = socket.create_server(("127.0.0.1", options.port))
    config = uvicorn.Config(
        Starlette(routes=endpoints.routes()), log_level="warning", timeout_graceful_shutdown=1, timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    end_with_stdin(server)
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    server.run(sockets=[listening])
    # A query that still runs is not waited for.
    os._exit(0)


if __name__ == "__main__":
    main()
