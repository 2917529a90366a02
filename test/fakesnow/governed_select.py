"""What a role sees: a SELECT in which each governed table is replaced by its rows and columns as the policies show them."""
import re

from governed_account import Refused

_SESSION = re.compile(r"(?i)\bis_role_in_session\(\s*([^()]*?)\s*\)")
_TAG = re.compile(r"(?i)\bSYSTEM\$GET_TAG_ON_CURRENT_COLUMN\('([^']*)'\)")


def as_seen(words, account, who):
    """@raises Refused where the role may not read one of the tables"""
    text, at = words.sql, len(words.tokens)
    while at > 0:
        at -= 1
        # Names have three parts, and the last of them is looked at first.
        start = at - 4
        name = plain(words.between(start, at + 1)) if start >= 0 else ""
        if name not in account.tables or words.texts[at - 1] != ".":
            continue
        account.must_read(who, name)
        must_not_be_held(words, account, who, name)
        shown = f"({seen_of(name, account, who)}) AS \"{name.rsplit('.', 1)[1]}\""
        text = text[: words.tokens[start].start] + shown + text[words.tokens[at].end + 1 :]
        at = start
    return in_session(text, account, who)


def must_not_be_held(words, account, who, name):
    """No statement groups rows here, and whatever names a column shows it."""
    table = account.tables[name]
    if table.aggregation and account.is_held(who, table.aggregation):
        raise Refused("Aggregation policy: the query is not aggregated.", "003601")
    for column in table.columns:
        if column.projection and f'"{column.name}"' in words.texts and account.is_held(who, column.projection):
            raise Refused(f"Projection policy: the column {column.name} may not be projected.", "003602")


def seen_of(name, account, who):
    table = account.tables[name]
    below = table.select(account, who) if table.select else quoted(name)
    columns = [f"{seen_column(name, column, account, who)} AS \"{column.name}\"" for column in table.columns]
    return f"SELECT {', '.join(columns)} FROM {below} AS of_row{seen_rows(table, account, who)}"


def seen_column(table, column, account, who):
    policy = account.mask_of(table, column)
    value = f'of_row."{column.name}"'
    if policy is None:
        return value
    tags = account.tags_on(table, column)
    body = _TAG.sub(lambda match: literal(tags.get(match[1])), applied(policy, [column.name]))
    return f"({in_session(body, account, who)})"


def seen_rows(table, account, who):
    if table.row_access is None:
        return ""
    name, columns = table.row_access
    return f" WHERE {in_session(applied(account.policies[name], columns), account, who)}"


def applied(policy, columns):
    """A body with columns in the place of its arguments."""
    body = policy.body
    for argument, column in zip(policy.arguments, columns, strict=True):
        body = body.replace(f'"{argument}"', f'of_row."{column}"')
    return body


def in_session(sql, account, who):
    """The session's functions, answered."""
    roles = ", ".join(literal(role) for role in sorted(account.roles_of(who)))
    sql = _SESSION.sub(lambda match: f"({match[1]} IN ({roles}))", sql)
    for function, value in [
        ("CURRENT_USER", who.user),
        ("CURRENT_ROLE", who.role),
        ("CURRENT_WAREHOUSE", who.warehouse),
        ("CURRENT_ACCOUNT", "FAKESNOW"),
    ]:
        sql = re.sub(rf"(?i)\b{function}\(\)", literal(value), sql)
    return sql


def literal(value):
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def plain(name):
    """A dotted name as it is kept: unquoted parts in upper case."""
    parts = re.findall(r'"((?:[^"]|"")*)"|([\w$]+)', name)
    return ".".join(quoted_part or part.upper() for quoted_part, part in parts)


def quoted(name):
    return ".".join(f'"{part}"' for part in name.split("."))
