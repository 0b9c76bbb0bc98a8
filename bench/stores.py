"""Filling either database with the world, as fast as it goes: COPY for PostgreSQL, one transaction for SQLite."""
import datetime
import os
import sqlite3
import subprocess

KEPT_SQLITE = {"u": lambda value: value and bytes.fromhex(value), "m": lambda value: value, "b": int, "": lambda value: value}


def moment(micros):
    return datetime.datetime.fromtimestamp(micros / 1e6, datetime.timezone.utc).isoformat()


def columns(text):
    """`id:u name` as names and ways they are kept."""
    pairs = [(column + ":").split(":")[:2] for column in text.split()]
    return [name for name, _ in pairs], [way for _, way in pairs]


class Sqlite:
    name = "SQLite"

    def __init__(self, folder):
        self.file = os.path.join(folder, "giothong.db")
        self.url = f"sqlite:{self.file}"

    def fill(self, world):
        conn = sqlite3.connect(self.file)
        conn.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000;")
        for table, text, rows in world.tables():
            names, ways = columns(text)
            keep = [KEPT_SQLITE[way] for way in ways]
            blanks = ", ".join("?" * len(names))
            conn.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({blanks})",
                             ([put(value) for put, value in zip(keep, row)] for row in rows))
            conn.commit()
        conn.executescript("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")
        conn.close()

    def tidy(self, table):
        """Nothing to do: only PostgreSQL keeps old rows until it comes round to them."""

    def number(self, text):
        conn = sqlite3.connect(self.file)
        try:
            return conn.execute(text).fetchone()[0]
        finally:
            conn.close()

    def uid(self, value):
        return f"x'{value}'"


def written(way, cache):
    """How COPY reads a value."""
    def write(value):
        if value is None:
            return "\\N"
        if way == "m":
            if value not in cache:
                cache[value] = moment(value)
            return cache[value]
        if way == "b":
            return "t" if value else "f"
        return str(value)
    return write


class Postgres:
    name = "PostgreSQL"

    def __init__(self, url):
        self.url = url

    def tidy(self, table):
        """What its autovacuum does within minutes of a large change."""
        self.psql("-c", f"VACUUM ANALYZE {table}")

    def psql(self, *arguments, **more):
        return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", self.url, *arguments], check=True, text=True, **more)

    def fill(self, world):
        cache = {}
        for table, text, rows in world.tables():
            names, ways = columns(text)
            write = [written(way, cache) for way in ways]
            copy = ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", self.url, "-c", f"COPY {table} ({', '.join(names)}) FROM STDIN"]
            # References are checked by what made the rows: as the owner one may leave it to that.
            process = subprocess.Popen(copy, stdin=subprocess.PIPE, text=True, env={**os.environ, "PGOPTIONS": "-c session_replication_role=replica"})
            for row in rows:
                process.stdin.write("\t".join(put(value) for put, value in zip(write, row)) + "\n")
            process.stdin.close()
            if process.wait():
                raise SystemExit(f"{table} could not be filled")
        self.psql("-c", "VACUUM ANALYZE", "-c", "CHECKPOINT")

    def number(self, text):
        return int(self.psql("-c", text, capture_output=True).stdout)

    def uid(self, value):
        return f"'{value}'"
