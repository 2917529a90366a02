"""What a statement puts into a table."""
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers

from expressions import Expressions
from provenance import Made, Relation, Unknown, either, together
from queries import DIALECT, Queries, relation_of


def filled(sql, table, columns, tables):
    """:returns: of the columns that the statement fills, what they are made of"""
    statements = sqlglot.parse(sql, dialect=DIALECT)
    if len(statements) != 1 or statements[0] is None:
        raise Unknown("is more than one statement")
    statement = normalize_identifiers(statements[0], dialect=DIALECT)
    if isinstance(statement, exp.Query):
        return _by_position(relation_of(statement, tables), columns)
    if isinstance(statement, exp.Insert):
        return _inserted(statement, table, columns, tables)
    if isinstance(statement, exp.Merge):
        return _merged(statement, table, tables)
    raise Unknown(f"is a statement that cannot be followed: {sql[:80]}")


def _by_position(relation, columns):
    if len(relation.columns) != len(columns):
        raise Unknown(f"gives {len(relation.columns)} columns for {len(columns)}")
    return replace(relation, columns=dict(zip(columns, relation.columns.values(), strict=True)))


def _inserted(insert, table, columns, tables):
    target = insert.this
    named = []
    if isinstance(target, exp.Schema):
        named = [column.name for column in target.expressions]
        target = target.this
    _check_target(target, table)
    if not isinstance(insert.expression, exp.Query):
        raise Unknown("inserts what is no query")
    query = insert.expression
    if insert.args.get("with_"):
        query.set("with_", insert.args["with_"])
    return _by_position(relation_of(query, tables), named or columns)


def _merged(merge, table, tables):
    _check_target(merge.this, table)
    source = merge.args["using"]
    query = source.this if isinstance(source, exp.Subquery) else exp.select("*").from_(source.copy())
    given = relation_of(query, tables)
    stored = Queries(tables).stored(merge.this)
    relations = {merge.this.alias_or_name: stored, source.alias_or_name: given}

    def column(node):
        places = [relations[node.table]] if node.table in relations else list(relations.values())
        found = [place.columns[node.name] for place in places if node.name in place.columns]
        if not found:
            raise Unknown(f"has {node.sql(DIALECT)}, which is nowhere")
        return found[0] if len(found) == 1 else together(found)

    def refuse(*_):
        raise Unknown("has a query or * in what it merges, which cannot be followed")

    expressions = Expressions(column, refuse, refuse)
    columns = {}
    decides = expressions.made(merge.args["on"]).all
    for when in merge.args["whens"].expressions:
        if when.args.get("condition") is not None:
            decides |= expressions.made(when.args["condition"]).all
        for name, value in _assignments(when.args.get("then")):
            made = expressions.made(value)
            columns[name] = either(columns[name], made) if name in columns else made
    # An upsert takes its own rows up by their key.
    own = {name: Made(frozenset(leaf for leaf in made.of if (leaf.table, leaf.column) != (table, name)), made.by)
           for name, made in columns.items()}
    return Relation(own, given.rows | decides, given.reads)


def _assignments(then):
    if isinstance(then, exp.Update):
        return [(equals.this.name, equals.expression) for equals in then.expressions]
    if isinstance(then, exp.Insert):
        return list(zip((column.name for column in then.this.expressions), then.expression.expressions, strict=True))
    if isinstance(then, exp.Var) and then.name.upper() == "DELETE":
        return []
    raise Unknown("merges in a way that cannot be followed")


def _check_target(target, table):
    name = ".".join(part.name for part in target.parts)
    if name != table:
        raise Unknown(f"fills {name}")
