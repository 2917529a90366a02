"""The rows that a query gives."""
from dataclasses import replace

from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from expressions import Expressions
from provenance import Leaf, Made, Relation, Unknown, either, together

DIALECT = "snowflake"

# What FLATTEN gives beside the element itself tells of the whole.
ELEMENT = "VALUE"

# Clauses of a SELECT that let some rows through and not others.
DECIDING = ("where", "having", "qualify", "group")
# Clauses whose rows this does not know how to follow.
NOT_KNOWN = ("connect", "match", "pivots", "kind", "into", "laterals")


def relation_of(query, tables):
    """:param tables: columns by `DB.SCHEMA.TABLE`, in their order"""
    nested = {}
    for name, columns in tables.items():
        database, schema, table = name.split(".")
        nested.setdefault(database, {}).setdefault(schema, {})[table] = {column: "VARIANT" for column in columns}
    scope = build_scope(qualify(query, dialect=DIALECT, schema=nested))
    if scope is None:
        raise Unknown("is no query")
    queries = Queries(tables)
    return replace(queries.of(scope), reads=frozenset(queries.read))


class Queries:
    def __init__(self, tables):
        self.tables = tables
        self.known = {}
        self.read = set()

    def of(self, scope, outer=None):
        """:param outer: what a Column of the query around it is made of"""
        if id(scope) not in self.known:
            # Whoever comes by here again on the way reads itself.
            self.known[id(scope)] = None
            self.known[id(scope)] = self._trace(scope, outer)
        relation = self.known[id(scope)]
        if relation is None:
            raise Unknown("reads itself")
        return relation

    def stored(self, table):
        name = ".".join(part.name for part in table.parts)
        if name not in self.tables:
            raise Unknown(f"reads {name}, of which nothing is known")
        self.read.add(name)
        return Relation(
            {column: Made(frozenset([Leaf(name, column)]), is_whole=True) for column in self.tables[name]}
        )

    def _trace(self, scope, outer):
        query = scope.expression
        if isinstance(query, exp.SetOperation):
            return self._combined(query, [self.of(part, outer) for part in scope.set_operation_scopes])
        if isinstance(query, exp.Subquery) and len(scope.subquery_scopes) == 1:
            return self.of(scope.subquery_scopes[0], outer)
        if not isinstance(query, exp.Select):
            raise Unknown(f"has a part that is no SELECT: {query.sql(DIALECT)[:80]}")
        return _Select(self, scope, outer).relation()

    @staticmethod
    def _combined(query, parts):
        left, right = parts
        if len(left.columns) != len(right.columns):
            raise Unknown("combines queries of different columns")
        columns = {
            name: either(one, other)
            for (name, one), other in zip(left.columns.items(), right.columns.values(), strict=True)
        }
        rows = left.rows | right.rows
        if query.args.get("distinct") or not isinstance(query, exp.Union):
            rows |= together(columns.values()).all
        return Relation(columns, rows)


class _Select:
    def __init__(self, queries, scope, outer):
        self.queries = queries
        self.scope = scope
        self.query = scope.expression
        self.outer = outer
        self.sources = {}
        self.expressions = Expressions(self._column, self._everything, self._subquery)

    def relation(self):
        for clause in NOT_KNOWN:
            if self.query.args.get(clause):
                raise Unknown(f"has a clause that cannot be followed: {clause}")
        # What is beside a FLATTEN is known before it, since it stands to its left.
        for name, (node, source) in self.scope.selected_sources.items():
            if node.find(exp.Pivot, exp.MatchRecognize):
                raise Unknown("has PIVOT or MATCH_RECOGNIZE, which cannot be followed")
            self.sources[name] = self._source(source)
        columns = {}
        for projection in self.query.selects:
            if projection.is_star or not projection.alias_or_name:
                raise Unknown(f"selects what has no name: {projection.sql(DIALECT)[:80]}")
            columns[projection.alias_or_name] = self.expressions.made(projection)
        return Relation(columns, self._rows(columns))

    def _rows(self, columns):
        rows = frozenset().union(*(source.rows for source in self.sources.values()))
        group = self.query.args.get("group")
        if group is not None and group.args.get("all") is not None:
            raise Unknown("groups by ALL: name the keys")
        clauses = [self.query.args.get(name) for name in DECIDING]
        for join in self.query.args.get("joins") or []:
            clauses += [part for name, part in join.args.items() if name != "this"]
        if self.query.args.get("limit") or self.query.args.get("offset"):
            clauses.append(self.query.args.get("order"))
        for clause in clauses:
            for node in clause if isinstance(clause, list) else [clause]:
                if isinstance(node, exp.Expr):
                    rows |= self.expressions.made(node).all
        if self.query.args.get("distinct"):
            rows |= together(columns.values()).all
        return rows

    def _source(self, source):
        if isinstance(source, exp.Table):
            return self.queries.stored(source)
        if isinstance(source, Scope) and isinstance(source.expression, exp.Lateral):
            return self._flattened(source.expression)
        if isinstance(source, Scope):
            return self.queries.of(source, self._column)
        raise Unknown("reads what is no table and no query")

    def _flattened(self, lateral):
        flatten = lateral.this
        arguments = list(flatten.iter_expressions()) if isinstance(flatten, exp.Explode) else []
        given = {argument.name.upper(): argument.expression for argument in arguments if isinstance(argument, exp.Kwarg)}
        if len(given) != len(arguments) or not given.keys() <= {"INPUT", "OUTER"}:
            raise Unknown(f"has a lateral join that cannot be followed: {lateral.sql(DIALECT)[:80]}")
        whole = self.expressions.made(given["INPUT"])
        names = [column.name for column in lateral.args["alias"].columns]
        return Relation(
            {name: whole.below("[]") if name == ELEMENT else whole.computed() for name in names}, whole.all
        )

    def _column(self, column):
        source = self.sources.get(column.table)
        if source is None and self.outer is not None:
            return self.outer(column)
        if source is None or column.name not in source.columns:
            raise Unknown(f"has {column.sql(DIALECT)}, which is nowhere")
        return source.columns[column.name]

    def _everything(self):
        return together(made for source in self.sources.values() for made in source.columns.values())

    def _subquery(self, query):
        query = query.unnest()
        for scope in self.scope.subquery_scopes:
            if scope.expression is query or scope.expression.unnest() is query:
                return self.queries.of(scope, self._column)
        raise Unknown(f"has a query that cannot be followed: {query.sql(DIALECT)[:80]}")
