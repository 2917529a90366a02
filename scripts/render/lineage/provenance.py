"""What a value is made of."""
from dataclasses import dataclass
from typing import NamedTuple


class Unknown(Exception):
    """It cannot be told what a column is made of. Nothing passes for harmless because it was not understood."""


class Leaf(NamedTuple):
    """A column of a stored table, or what is in it: of elements of an array the path has `[]`."""

    table: str
    column: str
    path: tuple[str, ...] = ()

    def __str__(self):
        return f"{self.table}.{self.column}" + (f":{'.'.join(self.path)}" if self.path else "")


@dataclass(frozen=True)
class Made:
    """
    `of`: what the value is computed from, the conditions of a CASE included. `by`: the keys by which windows took rows
    together. `is_whole`: it is what the leaves hold, so that a path into it is a path into them.
    """

    of: frozenset[Leaf] = frozenset()
    by: frozenset[Leaf] = frozenset()
    is_whole: bool = False

    def below(self, step):
        """What stands at a key (or `[]`: an element) of it."""
        if not self.is_whole:
            return self
        return Made(frozenset(leaf._replace(path=(*leaf.path, step)) for leaf in self.of), self.by, True)

    def computed(self):
        return Made(self.of, self.by)

    @property
    def all(self):
        return self.of | self.by


NOTHING = Made()


def together(parts):
    """Computed from all of them."""
    parts = list(parts)
    return Made(
        frozenset().union(*(part.of for part in parts)),
        frozenset().union(*(part.by for part in parts)),
    )


def either(one, other):
    """One or the other, as it is: a UNION's column."""
    return Made(one.of | other.of, one.by | other.by, one.is_whole and other.is_whole)


@dataclass(frozen=True)
class Relation:
    """
    Rows: their columns, and what decided which rows there are (filters, joins, groups, what is distinct). `reads`, of a whole
    statement: the tables that it looks into, also where it takes no column of them (`exists`, a cross join, a count of rows).
    """

    columns: dict[str, Made]
    rows: frozenset[Leaf] = frozenset()
    reads: frozenset[str] = frozenset()
