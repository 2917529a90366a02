"""Runs statements on a test server, in order: `run_sql.py PORT` with a JSON list of them on standard input."""
import json
import sys

import snowflake.connector

server = {"host": "127.0.0.1", "port": int(sys.argv[1]), "protocol": "http"}
with snowflake.connector.connect(account="fakesnow", user="test", password="none", **server) as connection:
    for statement in json.load(sys.stdin):
        connection.cursor().execute(statement)
