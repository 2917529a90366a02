"""Roles, grants, tags and policies in force: a hook of server.py that sees to it that a role reads what policies let it.

Roles are taken and lent, privileges are asked for, tags are inherited by columns, and a table that has policies is read through
them. Everything else is left to DuckDB. What Snowflake makes of the same statements is not shown by it: it was made from the
documentation, by who wrote the statements.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from governed_account import Account, Column, Policy, Refused, Table, not_authorized  # noqa: E402
from governed_select import as_seen, literal, plain, seen_of  # noqa: E402
from words import Words  # noqa: E402

ACCOUNT = Account()
DONE = "select 'Statement executed successfully.' as \"status\""
NAME = r'"?[\w$]+"?(?:\."?[\w$]+"?)*'


def governed(sql, who):
    """The statement that runs instead, for a session."""
    words = Words(sql)
    for pattern, handle in STATEMENTS:
        match = pattern.match(sql.strip())
        if match:
            return handle(words, who, *match.groups())
    return sql


# Roles and grants


def create_role(_, who, role):
    ACCOUNT.roles.add(plain(role))
    return DONE


def use_role(_, who, role):
    ACCOUNT.use_role(who, plain(role))
    return DONE


def use_secondary(_, who, which):
    who.secondary = which.upper() == "ALL"
    return DONE


def use_warehouse(_, who, warehouse):
    name = plain(warehouse)
    if not ACCOUNT.may(who, "USAGE", "WAREHOUSE", name):
        raise not_authorized(f"Warehouse '{name}'")
    who.warehouse = name
    return DONE


def create_warehouse(_, who, name):
    ACCOUNT.give("WAREHOUSE", plain(name), who.role, "OWNERSHIP")
    return DONE


def grant_role(_, who, verb, role, kind, grantee):
    role, grantee = plain(role), plain(grantee)
    if role not in ACCOUNT.roles:
        raise not_authorized(f"Role '{role}'")
    ACCOUNT.must_own(who, "ROLE", role)
    held = (ACCOUNT.held_by_user if kind.upper() == "USER" else ACCOUNT.held_by_role).setdefault(grantee, set())
    (held.add if verb.upper() == "GRANT" else held.discard)(role)
    return DONE


def grant_privilege(_, who, verb, privilege, kind, name, role):
    kind, name = kind.upper().replace("VIEW", "TABLE"), plain(name)
    ACCOUNT.must_own(who, kind, name)
    change = ACCOUNT.give if verb.upper() == "GRANT" else ACCOUNT.take
    change(kind, name, plain(role), privilege.upper())
    return DONE


def show_grants_to_user(_, who, user):
    return table_of(["role"], [[role] for role in sorted(ACCOUNT.held_by_user.get(plain(user), ()))])


def show_grants_on(_, who, kind, name):
    given = ACCOUNT.privileges.get((kind.upper(), plain(name)), {})
    rows = [[privilege, role] for role, some in given.items() for privilege in sorted(some)]
    return table_of(["privilege", "grantee_name"], rows)


# Schemas


def create_database(words, who, name):
    ACCOUNT.give("DATABASE", plain(name), who.role, "OWNERSHIP")
    return words.sql


def create_schema(words, who, name):
    name = plain(name)
    ACCOUNT.must_own(who, "DATABASE", name.split(".")[0])
    comment = words.literal("COMMENT =")
    ACCOUNT.schemas[name] = {"comment": (comment or "").replace("\\\\", "\\"), "tags": {}}
    ACCOUNT.give("SCHEMA", name, who.role, "OWNERSHIP")
    database, schema = name.split(".")
    return f'create schema if not exists "{database}"."{schema}"'


def drop_schema(_, who, name):
    name = plain(name)
    if name in ACCOUNT.schemas:
        ACCOUNT.must_own(who, "SCHEMA", name)
        ACCOUNT.drop_schema(name)
    database, schema = name.split(".")
    return f'drop schema if exists "{database}"."{schema}" cascade'


def show_schemas(_, who, pattern, database):
    like = re.compile(re.sub(r"\\?[_%]|\\\\[_%]|.", as_regex, pattern) + r"\Z")
    rows = [
        [name.split(".")[1], one["comment"]]
        for name, one in sorted(ACCOUNT.schemas.items())
        if name.split(".")[0] == plain(database) and like.match(name.split(".")[1])
    ]
    return table_of(["name", "comment"], rows)


def as_regex(match):
    return {"_": ".", "%": ".*"}.get(match[0], re.escape(match[0][-1]))


# Tags and policies


def create_tag(_, who, name):
    ACCOUNT.tags.setdefault(plain(name), {})
    return DONE


def tag_schema(_, who, schema, tag, value):
    if plain(tag) not in ACCOUNT.tags:
        raise not_authorized(f"Tag '{tag}'")
    ACCOUNT.schemas.setdefault(plain(schema), {"comment": "", "tags": {}})["tags"][plain(tag)] = value
    return DONE


def set_policies(_, who, tag, policies):
    for name in re.findall(rf"(?i)MASKING POLICY ({NAME})", policies):
        policy = policy_named(name)
        ACCOUNT.tags[plain(tag)][policy.kind] = plain(name)
    return DONE


def create_policy(_, who, kind, name, arguments, returns, body):
    given = re.findall(r'"(\w+)" \w+', arguments)
    body = re.sub(r"(?is)\s+COMMENT = '(?:[^']|'')*'\s*\Z", "", body.strip())
    ACCOUNT.policies.setdefault(plain(name), Policy(returns.upper(), given, body))
    return DONE


def alter_policy(_, who, kind, name, body):
    policy_named(name).body = body.strip()
    return DONE


def describe_policy(_, who, name):
    return table_of(["name", "body"], [[plain(name), policy_named(name).body]])


def policy_named(name):
    if plain(name) not in ACCOUNT.policies:
        raise not_authorized(f"Policy '{plain(name)}'")
    return ACCOUNT.policies[plain(name)]


def execute(_, who, statement):
    return governed(statement, who)


# Tables


def create_table(words, who, name):
    at = words.texts.index("TABLE") + (4 if "IF NOT EXISTS" in words.sql.upper() else 1)
    full, opening = words.name(at)
    parts = definitions(words, opening)
    table = Table([column_of(part) for part in parts], *options_of(words, opening))
    own(who, plain(full), table)
    bare = ", ".join(without_clauses(part) for part in parts)
    return f"create table if not exists {full} ({bare})"


def create_view(words, who, name):
    at = words.texts.index("VIEW") + 1
    full, opening = words.name(at)
    query = words.find("AS", words.closing(opening) + 1)
    source, _ = words.name(words.find("FROM", query) + 1)
    types = {column.name: column.type for column in ACCOUNT.tables[plain(source)].columns}
    columns = [column_of(part) for part in definitions(words, opening)]
    for column in columns:
        column.type = types.get(column.name, "VARCHAR")
    # A view reads its table as who asks it, and with the rights of its owner.
    table = Table(columns, *options_of(words, opening), lambda account, asks: f"({seen_of(plain(source), account, asks)})")
    own(who, plain(full), table)
    return f"create or replace view {full} as {words.rest(query + 1)}"


def own(who, name, table):
    schema = name.rsplit(".", 1)[0]
    ACCOUNT.must_own(who, "SCHEMA", schema)
    for policy in table.policies() - {None}:
        policy_named(policy)
    ACCOUNT.tables[name] = table
    ACCOUNT.give("TABLE", name, who.role, "OWNERSHIP")


def definitions(words, opening):
    """The text of each column."""
    closing, start, depth, parts = words.closing(opening), opening + 1, 0, []
    for at in range(opening + 1, closing + 1):
        if at == closing or (depth == 0 and words.texts[at] == ","):
            parts.append(words.between(start, at))
            start = at + 1
        depth += {"(": 1, ")": -1}.get(words.texts[at], 0)
    return parts


MASK = re.compile(rf"(?i)\s*WITH MASKING POLICY ({NAME})")
PROJECTION = re.compile(rf"(?i)\s*WITH PROJECTION POLICY ({NAME})")
TAGS = re.compile(rf"(?i)\s*WITH TAG \(((?:{NAME} = '[^']*'(?:, )?)*)\)")


def column_of(definition):
    name, kind = re.match(r'"(\w+)"(?:\s+(\w+))?', definition).groups()
    mask = MASK.search(definition)
    shown = PROJECTION.search(definition)
    return Column(name, (kind or "").upper(), mask and plain(mask[1]), shown and plain(shown[1]), tags_of(definition))


def tags_of(text):
    found = TAGS.search(text)
    given = re.findall(rf"({NAME}) = '([^']*)'", found[1]) if found else []
    for tag, _ in given:
        if plain(tag) not in ACCOUNT.tags:
            raise not_authorized(f"Tag '{plain(tag)}'")
    return {plain(tag): value for tag, value in given}


def options_of(words, opening):
    """Tags, row access and aggregation of a table."""
    behind = words.closing(opening) + 1
    end = words.find("AS", behind)
    options = words.between(behind, end if end > 0 else len(words.tokens))
    rows = re.search(rf"(?i)WITH ROW ACCESS POLICY ({NAME}) ON \(([^)]*)\)", options)
    access = rows and (plain(rows[1]), [plain(column) for column in rows[2].split(", ")])
    grouped = re.search(rf"(?i)WITH AGGREGATION POLICY ({NAME})", options)
    return tags_of(options), access, grouped and plain(grouped[1])


def without_clauses(definition):
    return re.sub(r"(?i)\s*COMMENT '(?:[^']|'')*'", "", TAGS.sub("", PROJECTION.sub("", MASK.sub("", definition))))


def select(words, who):
    return as_seen(words, ACCOUNT, who)


def table_of(columns, rows):
    """A SELECT of such rows."""
    names = [f'"{column}"' for column in columns]
    selects = [", ".join(f"{literal(v)} as {n}" for v, n in zip(row, names, strict=True)) for row in rows]
    nobody = ", ".join(f"'' as {name}" for name in names)
    return " union all ".join(f"select {one}" for one in selects) or f"select {nobody} where false"


def statement(pattern):
    return re.compile(rf"(?is){pattern}")


POLICY = r"(MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY"
STATEMENTS = [
    (statement(rf"CREATE ROLE (?:IF NOT EXISTS )?({NAME})"), create_role),
    (statement(rf"USE ROLE ({NAME})\Z"), use_role),
    (statement(r"USE SECONDARY ROLES (ALL|NONE)\Z"), use_secondary),
    (statement(rf"USE WAREHOUSE ({NAME})\Z"), use_warehouse),
    (statement(rf"CREATE WAREHOUSE (?:IF NOT EXISTS )?({NAME})"), create_warehouse),
    (statement(rf"(GRANT|REVOKE) ROLE ({NAME}) (?:TO|FROM) (USER|ROLE) ({NAME})\Z"), grant_role),
    (
        statement(
            rf"(GRANT|REVOKE) (USAGE|SELECT) ON (DATABASE|SCHEMA|WAREHOUSE|TABLE|VIEW) ({NAME}) (?:TO|FROM) ROLE ({NAME})\Z"
        ),
        grant_privilege,
    ),
    (statement(rf"SHOW GRANTS TO USER ({NAME})\Z"), show_grants_to_user),
    (statement(rf"SHOW GRANTS ON (DATABASE|WAREHOUSE) ({NAME})\Z"), show_grants_on),
    (statement(rf"CREATE DATABASE (?:IF NOT EXISTS )?({NAME})"), create_database),
    (statement(rf"CREATE (?:TRANSIENT )?SCHEMA (?:IF NOT EXISTS )?({NAME})"), create_schema),
    (statement(rf"DROP SCHEMA IF EXISTS ({NAME})(?: CASCADE)?\Z"), drop_schema),
    (statement(rf"SHOW SCHEMAS LIKE '([^']*)' IN DATABASE ({NAME})\Z"), show_schemas),
    (statement(rf"CREATE TAG IF NOT EXISTS ({NAME})"), create_tag),
    (statement(rf"ALTER SCHEMA ({NAME}) SET TAG ({NAME}) = '([^']*)'\Z"), tag_schema),
    (statement(rf"ALTER TAG ({NAME}) SET (.*)\Z"), set_policies),
    (
        statement(rf"CREATE {POLICY} IF NOT EXISTS ({NAME}) AS \(([^)]*)\) RETURNS (\w+) ->(.*)\Z"),
        create_policy,
    ),
    (statement(rf"ALTER {POLICY} ({NAME}) SET BODY ->(.*)\Z"), alter_policy),
    (statement(rf"DESCRIBE MASKING POLICY ({NAME})\Z"), describe_policy),
    (statement(r"EXECUTE IMMEDIATE \$\$(.*)\$\$\Z"), execute),
    (statement(rf"CREATE TABLE (?:IF NOT EXISTS )?({NAME}) \("), create_table),
    (statement(rf"CREATE (?:OR REPLACE )?SECURE VIEW ({NAME}) \("), create_view),
    (statement(r"(?:SELECT|WITH)\b"), select),
]

__all__ = ["Refused", "governed"]
