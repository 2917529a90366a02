"""An account as governed.py remembers it: roles, grants, tags, policies, and what they are attached to.

Made from Snowflake's documentation, and no more than what is asked of it here: it shows that statements fit together, and
not what Snowflake makes of them.
"""
import re
from dataclasses import dataclass, field

ADMIN = "ACCOUNTADMIN"


class Refused(Exception):
    """A statement that the account does not run; `code` is Snowflake's."""

    def __init__(self, message, code="002003"):
        super().__init__(message)
        self.code = code


def not_authorized(what):
    return Refused(f"SQL compilation error: {what} does not exist or not authorized.")


@dataclass
class Policy:
    kind: str
    arguments: list
    body: str


@dataclass
class Column:
    name: str
    type: str
    policy: str | None = None
    projection: str | None = None
    tags: dict = field(default_factory=dict)


@dataclass
class Table:
    columns: list
    tags: dict = field(default_factory=dict)
    # A policy and the columns that it gets.
    row_access: tuple | None = None
    aggregation: str | None = None
    # Of a view.
    select: str | None = None

    def policies(self):
        of_columns = {policy for column in self.columns for policy in (column.policy, column.projection)}
        return of_columns | {self.row_access and self.row_access[0], self.aggregation}


class Account:
    def __init__(self):
        self.roles = {ADMIN}
        self.held_by_role = {}
        self.held_by_user = {}
        # (kind, name) to role to its privileges.
        self.privileges = {}
        self.schemas = {}
        # A tag to its policy for each type.
        self.tags = {}
        self.policies = {}
        self.tables = {}

    # Roles

    def held(self, roles):
        """Roles and all that they hold, at any depth."""
        found, open_ = set(), list(roles)
        while open_:
            role = open_.pop()
            if role not in found:
                found.add(role)
                open_ += self.held_by_role.get(role, ())
        return found

    def assigned(self, who):
        """What a user was granted, and the role that they came as."""
        return self.held_by_user.get(who.user, set()) | {who.first_role}

    def roles_of(self, who):
        """Everything that is active in a session."""
        return self.held({who.role} | (self.assigned(who) if who.secondary else set()))

    def use_role(self, who, role):
        if role not in self.held(self.assigned(who)):
            raise Refused(f"Requested role '{role}' is not assigned to the executing user.", "003013")
        who.role = role

    # Privileges

    def give(self, kind, name, role, privilege):
        if role not in self.roles:
            raise not_authorized(f"Role '{role}'")
        self.privileges.setdefault((kind, name), {}).setdefault(role, set()).add(privilege)

    def take(self, kind, name, role, privilege):
        self.privileges.get((kind, name), {}).get(role, set()).discard(privilege)

    def may(self, who, privilege, kind, name):
        given = self.privileges.get((kind, name), {})
        return any(given.get(role, set()) & {privilege, "OWNERSHIP"} for role in self.roles_of(who))

    def must_own(self, who, kind, name):
        if who.role != ADMIN and not self.may(who, "OWNERSHIP", kind, name):
            raise Refused(f"SQL access control error: Insufficient privileges to operate on {kind} '{name}'", "003001")

    def must_read(self, who, name):
        database, schema, _ = name.split(".")
        for privilege, kind, on in [
            ("USAGE", "DATABASE", database),
            ("USAGE", "SCHEMA", f"{database}.{schema}"),
            ("SELECT", "TABLE", name),
        ]:
            if not self.may(who, privilege, kind, on):
                raise not_authorized(f"Object '{name}'")
        if who.warehouse is None or not self.may(who, "USAGE", "WAREHOUSE", who.warehouse):
            raise Refused("No active warehouse selected in the current session.", "000606")

    # Tags and policies

    def tags_on(self, table_name, column):
        """Of a column: its own, then its table's, then its schema's."""
        table, schema = self.tables[table_name], self.schemas.get(table_name.rsplit(".", 1)[0], {})
        return {**schema.get("tags", {}), **table.tags, **column.tags}

    def mask_of(self, table_name, column):
        """Its own policy, or else that of a tag that it has, for its type."""
        if column.policy is not None:
            return self.policies[column.policy]
        found = {
            policies[column.type]
            for tag in self.tags_on(table_name, column)
            if column.type in (policies := self.tags.get(tag, {}))
        }
        if len(found) > 1:
            raise Refused(f"column {column.name} is protected by {len(found)} tags", "003559")
        return self.policies[found.pop()] if found else None

    def is_held(self, who, constraint):
        """Whether a constraint holds for a session: the roles that its body frees are not active in it."""
        freed = re.findall(r"(?i)is_role_in_session\('(\w+)'\)", self.policies[constraint].body)
        return not self.roles_of(who) & set(freed)

    def drop_schema(self, name):
        """Refused where something outside still uses a policy of it, as Snowflake does."""
        inside = f"{name}."
        for table_name, table in self.tables.items():
            used = table.policies() | {tag for column in table.columns for tag in column.tags}
            if not table_name.startswith(inside) and any(one and one.startswith(inside) for one in used):
                raise Refused(f"Schema '{name}' has what is attached to {table_name}", "003545")
        for kept in (self.tags, self.policies, self.tables):
            for one in [one for one in kept if one.startswith(inside)]:
                del kept[one]
        self.schemas.pop(name, None)
        for place in [place for place in self.privileges if place[1] == name or place[1].startswith(inside)]:
            del self.privileges[place]
