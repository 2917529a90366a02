"""A Snowflake statement as its tokens: comments and the inside of literals are never taken for clauses."""
from sqlglot import tokenize


class Words:
    def __init__(self, sql):
        self.sql = sql
        self.tokens = [token for token in tokenize(sql, read="snowflake") if token.text != ";"]
        self.texts = [sql[token.start : token.end + 1].upper() for token in self.tokens]

    def starts(self, at, phrase):
        words = phrase.split()
        return self.texts[at : at + len(words)] == words

    def find(self, phrase, start=0):
        """The first place of a phrase outside of brackets; -1 where there is none."""
        depth = 0
        for at in range(start, len(self.texts)):
            if depth == 0 and self.starts(at, phrase):
                return at
            depth += {"(": 1, ")": -1}.get(self.texts[at], 0)
        return -1

    def closing(self, at):
        """The bracket that closes the one at a place."""
        depth = 0
        for place in range(at, len(self.texts)):
            depth += {"(": 1, ")": -1}.get(self.texts[place], 0)
            if depth == 0:
                return place
        raise ValueError("a bracket is not closed")

    def name(self, at):
        """A dotted name that begins at a place, and the place behind it."""
        end = at + 1
        while end < len(self.texts) and self.texts[end] == ".":
            end += 2
        return self.between(at, end), end

    def between(self, start, end):
        """The text from one place up to, and without, another."""
        return self.sql[self.tokens[start].start : self.tokens[end - 1].end + 1] if start < end else ""

    def rest(self, start):
        return self.between(start, len(self.tokens))

    def literal(self, phrase, start=0):
        """The text that stands behind a phrase, without its quotes; None where there is none."""
        at = self.find(phrase, start)
        return None if at < 0 else self.rest(at + len(phrase.split())).split("'")[1]
