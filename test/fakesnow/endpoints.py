"""fakesnow's HTTP endpoints, and what the Node driver needs besides."""
import gzip
import json
import uuid
from urllib.parse import urlencode

import fakesnow.server
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hooks import Who
from json_rows import as_json, cut, rows_of
from statements import RunningStatements

NOT_RUNNING = ("000605", "Identified SQL statement is not currently executing.")
ENDED = {
    "aborted": ("000604", "SQL execution canceled"),
    "timeout": ("000630", "Statement reached its statement or warehouse timeout and was canceled."),
}


class Endpoints:
    def __init__(self, log, hooks=(), key_pair=None, database=None, chunk_rows=10_000):
        self._log = log
        self._database = database
        self._hooks = hooks
        self._key_pair = key_pair
        self._chunk_rows = chunk_rows
        self._statements = RunningStatements()
        self._who = {}
        # Answers of asynchronous statements, by query id; chunks until they are fetched.
        self._answers = {}
        self._chunks = {}

    def routes(self):
        own = [
            Route("/session/v1/login-request", self.login, methods=["POST"]),
            Route("/queries/v1/query-request", self.query, methods=["POST"]),
            Route("/queries/v1/abort-request", self.abort, methods=["POST"]),
            Route("/queries/{query}/result", self.result, methods=["GET"]),
            Route("/queries/{query}/abort-request", self.abort, methods=["POST"]),
            Route("/monitoring/queries/{query}", self.status, methods=["GET"]),
            Route("/chunks/{chunk}", self.chunk, methods=["GET"]),
            Route("/telemetry/send", lambda _: success(None), methods=["POST"]),
        ]
        taken = {route.path for route in own} | {"/monitoring/queries/{sfqid}"}
        return own + [route for route in fakesnow.server.routes if route.path not in taken]

    async def login(self, request):
        data = json.loads(await body_of(request))["data"]
        self._log.write(
            "login",
            user=data.get("LOGIN_NAME"),
            account=data.get("ACCOUNT_NAME"),
            authenticator=data.get("AUTHENTICATOR"),
            parameters=data.get("SESSION_PARAMETERS"),
            role=request.query_params.get("roleName"),
            warehouse=request.query_params.get("warehouse"),
        )
        if self._key_pair is not None and not self._key_pair.admits(data):
            return failure("390144", "JWT token is invalid.")
        if self._database is not None and "databaseName" not in request.query_params:
            request = with_query(request, databaseName=self._database)
        answer = json.loads((await fakesnow.server.login_request(request)).body)
        self._who[named(f'Snowflake Token="{answer["data"]["token"]}"')] = Who(
            user=(data.get("LOGIN_NAME") or "").upper(),
            role=request.query_params.get("roleName"),
            warehouse=request.query_params.get("warehouse"),
        )
        for parameter in answer["data"]["parameters"]:
            # 0 keeps bound arrays inline for Python; Node reads it as: always stage them.
            if parameter["name"] == "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD" and is_node(request):
                parameter["value"] = 10_000_000
        return JSONResponse(answer)

    async def query(self, request):
        asked = json.loads(await body_of(request))
        request_id = request.query_params.get("requestId") or str(uuid.uuid4())
        sql = asked["sqlText"]
        self._log.write(
            "statement",
            sql=sql,
            requestId=request_id,
            session=session_of(request),
            parameters=asked.get("parameters"),
            binds={place: bind["type"] for place, bind in (asked.get("bindings") or {}).items()},
        )
        try:
            for hook in self._hooks:
                asked["sqlText"] = hook(asked["sqlText"], self._who.get(session_of(request)))
        except Exception as error:
            # A hook that refuses a statement says with which of Snowflake's codes.
            return self._ended(request_id, failure(getattr(error, "code", "001003"), f"the hook failed: {error}"))
        return self._ended(request_id, await self._run(request, asked, request_id))

    async def _run(self, request, asked, request_id):
        session = fakesnow.server.sessions.get(fakesnow.server.to_token(request))
        if session is None:
            return await fakesnow.server.query_request(request)
        running = self._statements.begin(request_id, session, session._duck_conn)
        running.limit(int((asked.get("parameters") or {}).get("STATEMENT_TIMEOUT_IN_SECONDS", 0)))
        try:
            response = await fakesnow.server.query_request(with_body(request, asked))
        finally:
            self._statements.finish(running)
        if running.why is not None:
            return failure(*ENDED[running.why])
        answer = json.loads(response.body)
        # Clients repeat a 5xx for minutes: what fakesnow cannot do is an error of the statement.
        if response.status_code >= 500:
            return failure("000603", answer.get("message"))
        if not is_node(request) or not answer.get("success") or "rowtype" not in (answer.get("data") or {}):
            return response
        answer["data"] = await run_in_threadpool(self._in_json, answer["data"], str(request.base_url))
        query_id = answer["data"]["queryId"]
        if not asked.get("asyncExec"):
            return JSONResponse(answer)
        self._answers[query_id] = answer
        data = {"queryId": query_id, "getResultUrl": f"/queries/{query_id}/result", "queryAbortsAfterSecs": 300}
        return JSONResponse({"data": data, "code": "333334", "message": None, "success": True})

    def _in_json(self, data, base_url):
        rows = rows_of(data)
        if len(rows) <= self._chunk_rows:
            return as_json(data, rows, None)
        chunks = []
        for text, count in cut(rows, self._chunk_rows):
            name = str(uuid.uuid4())
            self._chunks[name] = text
            size = len(text)
            url = f"{base_url}chunks/{name}"
            chunks.append({"url": url, "rowCount": count, "uncompressedSize": size, "compressedSize": size})
        return as_json(data, rows, chunks)

    def _ended(self, request_id, response):
        answer = json.loads(response.body)
        self._log.write("ended", requestId=request_id, code=None if answer.get("success") else answer.get("code"))
        return response

    async def abort(self, request):
        body = await body_of(request)
        request_id = (json.loads(body) if body else {}).get("requestId")
        # A statement that is named by its query id has an answer, so it has ended.
        was_running = self._statements.abort(request_id)
        self._log.write("abort", requestId=request_id, wasRunning=was_running)
        return success(None) if was_running else failure(*NOT_RUNNING)

    async def chunk(self, request):
        name = request.path_params["chunk"]
        self._log.write("chunk", name=name)
        text = self._chunks.get(name)
        return Response(status_code=404) if text is None else Response(text, media_type="application/octet-stream")

    async def result(self, request):
        answer = self._answers.get(request.path_params["query"])
        return failure("000709", "Statement not found") if answer is None else JSONResponse(answer)

    async def status(self, request):
        query = request.path_params["query"]
        if query not in self._answers:
            return fakesnow.server.monitoring_query(with_path(request, sfqid=query))
        return success({"queries": [{"id": query, "status": "SUCCESS"}]})


async def body_of(request):
    body = await request.body()
    return gzip.decompress(body) if request.headers.get("content-encoding") == "gzip" and body else body


def with_body(request, content):
    """The same request with another body, not compressed."""
    scope = dict(request.scope)
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"content-encoding"]
    changed = Request(scope)
    changed._body = json.dumps(content).encode()
    return changed


def with_query(request, **parameters):
    query = urlencode({**request.query_params, **parameters})
    changed = Request({**request.scope, "query_string": query.encode()}, request.receive)
    changed._body = request._body
    return changed


def with_path(request, **parameters):
    return Request({**request.scope, "path_params": parameters})


def is_node(request):
    return (request.headers.get("user-agent") or "").lower().startswith("javascript")


def session_of(request):
    """A name for the session that is no credential."""
    return named(request.headers.get("authorization") or "")


def named(authorization):
    return uuid.uuid5(uuid.NAMESPACE_OID, authorization).hex[:8]


def success(data):
    return JSONResponse({"data": data, "code": None, "message": None, "success": True})


def failure(code, message):
    data = {"errorCode": code, "sqlState": "XX000"}
    return JSONResponse({"data": data, "code": code, "message": message, "success": False})
