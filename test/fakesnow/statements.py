"""What the server was asked: a log for tests, and the statements that run, which can be ended."""
import json
import threading
import time


class Log:
    """A JSON line for each thing that clients did, in order; without a file it says nothing."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8") if path else None
        self._lock = threading.Lock()

    def write(self, event, **fields):
        if self._file is None:
            return
        line = json.dumps({"event": event, "atMs": int(time.time() * 1000), **fields})
        with self._lock:
            self._file.write(f"{line}\n")
            self._file.flush()


class Running:
    """One statement in DuckDB. `why` says how it was ended, where it did not end by itself."""

    def __init__(self, request_id, session, duckdb):
        self.request_id = request_id
        self.session = session
        self._duckdb = duckdb
        self._timer = None
        self._over = threading.Event()
        self.why = None

    def limit(self, seconds):
        if seconds > 0:
            self._timer = threading.Timer(seconds, self.end, ["timeout"])
            self._timer.daemon = True
            self._timer.start()

    def end(self, why):
        self.why = self.why or why
        # An interrupt before DuckDB has begun is lost, so it is said until the statement is over.
        threading.Thread(target=self._interrupt, daemon=True).start()

    def _interrupt(self):
        while not self._over.wait(0.02):
            self._duckdb.interrupt()

    def done(self):
        self._over.set()
        if self._timer is not None:
            self._timer.cancel()


class RunningStatements:
    def __init__(self):
        self._by_request = {}

    def begin(self, request_id, session, duckdb):
        running = Running(request_id, session, duckdb)
        self._by_request[request_id] = running
        return running

    def finish(self, running):
        running.done()
        self._by_request.pop(running.request_id, None)

    def abort(self, request_id):
        """Whether such a statement was running."""
        running = self._by_request.get(request_id)
        if running is not None:
            running.end("aborted")
        return running is not None
