"""Runs statements on a test server, in order, and prints the rows of the last one.

`run_sql.py PORT`, with a JSON list of statements on standard input; the rows come as a JSON list of lists of texts.
"""
import json
import sys

import snowflake.connector

server = {"host": "127.0.0.1", "port": int(sys.argv[1]), "protocol": "http"}
with snowflake.connector.connect(account="fakesnow", user="test", password="none", **server) as connection:
    cursor = connection.cursor()
    for statement in json.load(sys.stdin):
        cursor.execute(statement)
    json.dump([[None if value is None else str(value) for value in row] for row in cursor.fetchall()], sys.stdout)
