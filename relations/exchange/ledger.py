"""What an import remembers of the lines behind it: on disk, so that memory does not grow with the file."""

import sqlite3


class Ledger:
    """Keys that were met, and lines that wait for something further down in the file."""

    def __init__(self):
        # A database without a name is private to the connection and deleted with it.
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.executescript(
            """
            PRAGMA journal_mode = OFF;
            CREATE TABLE met (type TEXT, key TEXT, line INTEGER, PRIMARY KEY (type, key)) WITHOUT ROWID;
            CREATE TABLE waiting (line INTEGER, round INTEGER, status TEXT, text BLOB);
            BEGIN;
            """
        )
        self.round = 0

    def meet(self, type_, key, line) -> int | None:
        """Remember that a line describes a thing; return the number of an earlier line that does."""
        inserted = self.database.execute("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", (type_, key, line))
        if inserted.rowcount:
            return None
        return self.line_of(type_, key)

    def line_of(self, type_, key) -> int | None:
        row = self.database.execute(
            "SELECT line FROM met WHERE type = ? AND key = ?", (type_, key)
        ).fetchone()
        return row and row[0]

    def set_aside(self, line, status, text):
        self.database.execute("INSERT INTO waiting VALUES (?, ?, ?, ?)", (line, self.round, status, text))

    def count_waiting(self) -> int:
        return self.database.execute(
            "SELECT count(*) FROM waiting WHERE round = ?", (self.round,)
        ).fetchone()[0]

    def waiting(self):
        """Give the waiting lines back; what is set aside meanwhile waits for the next round."""
        self.round += 1
        last = self.round - 1
        yield from self.database.execute(
            "SELECT line, status, text FROM waiting WHERE round = ? ORDER BY line", (last,)
        )
        self.database.execute("DELETE FROM waiting WHERE round = ?", (last,))

    def close(self):
        self.database.close()
