"""What an expression of a qualified query is made of."""
from sqlglot import exp

from provenance import NOTHING, Made, Unknown, together

# They give their argument back, or null: what is below a key of it is below the same key of the argument.
SAME = (exp.Paren, exp.Cast, exp.TryCast, exp.StripNullValue, exp.Alias)

class Expressions:
    """
    :param column: what a Column is made of
    :param everything: what `*` stands for, as the argument of a function
    :param subquery: the Relation of a query that stands within the expression
    """

    def __init__(self, column, everything, subquery):
        self.column = column
        self.everything = everything
        self.subquery = subquery

    def made(self, node):
        if isinstance(node, exp.Column):
            return self.everything() if isinstance(node.this, exp.Star) else self.column(node)
        if isinstance(node, SAME):
            return self.made(node.this)
        if isinstance(node, exp.JSONExtract):
            return self._at_path(node)
        if isinstance(node, exp.Bracket):
            return self._at_bracket(node)
        if isinstance(node, exp.Window):
            return self._window(node)
        if isinstance(node, exp.Exists):
            return Made(self.subquery(node.this).rows)
        if isinstance(node, exp.Query):
            relation = self.subquery(node)
            return together([*relation.columns.values(), Made(relation.rows)])
        if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
            return NOTHING
        if isinstance(node, exp.Star):
            return self.everything()
        self._check_function(node)
        return together(self.made(child) for child in node.iter_expressions())

    def _at_path(self, node):
        made = self.made(node.this)
        path = node.expression
        if not isinstance(path, exp.JSONPath):
            return together([made, self.made(path)])
        for step in path.expressions:
            if isinstance(step, exp.JSONPathKey) and isinstance(step.this, str):
                made = made.below(step.this)
            elif isinstance(step, exp.JSONPathSubscript):
                made = made.below("[]")
            elif not isinstance(step, exp.JSONPathRoot):
                return made.computed()
        return made

    def _at_bracket(self, node):
        made = self.made(node.this)
        keys = node.expressions
        if len(keys) == 1 and isinstance(keys[0], exp.Literal):
            return made.below(keys[0].this if keys[0].is_string else "[]")
        return together([made, *(self.made(key) for key in keys)])

    def _window(self, node):
        value = self.made(node.this)
        order, partition = (
            together(self.made(key) for name in names for key in _listed(node.args.get(name))).all
            for names in (("order", "spec"), ("partition_by",))
        )
        # A place in an order is made of nothing but the order.
        if node.this.find(exp.Column) is None:
            return Made(value.of | order, value.by | partition)
        return Made(value.of, value.by | order | partition)

    @staticmethod
    def _check_function(node):
        # One that is not Snowflake's own is somebody's, and may read any table.
        if isinstance(node, exp.Anonymous):
            raise Unknown(f"calls {node.name}, which is not known and may read anything")
        if isinstance(node, (exp.Command, exp.Parameter, exp.SessionParameter, exp.DynamicIdentifier)):
            raise Unknown(f"has {node.sql('snowflake')}, which says nothing of where it comes from")


def _listed(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
