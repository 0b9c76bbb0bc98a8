"""The measure: pgbench running the very SQL that the service logged, against the same PostgreSQL."""
import os
import re
import subprocess

import world

BY_SERVICE = world.BOOKERS // 2


def uid(kind, number):
    """An identifier of the world, made from a pgbench variable."""
    start = world.uid(kind, 0)[:20]
    return f"('{start}' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid"


class Reference:
    def __init__(self, url, folder, the_world):
        self.url, self.folder, self.world = url, folder, the_world
        self.base = 0

    def bookings(self, statements, answer):
        """The booking as a script: the same statements, with values as the load generator draws them."""
        # As in `measure/clients.rs`, for the other half of the bookers.
        head = [r"\set i :i + 1", r"\set n :base + :i * :clients + :client_id", rf"\set p {BY_SERVICE} + :n % {BY_SERVICE}",
                rf"\set d (:n / {BY_SERVICE} + :p) % {world.OPEN_DRIVES}", rf"\set s :d * {world.SLOTS_EACH} + (:p * 7) % {world.SLOTS_EACH}",
                rf"\set drive {self.world.drives} + :d"]
        return self.script("booking", head, statements, self.booked(answer))

    def readings(self, statements):
        head = [rf"\set drive {self.world.drives} + random(0, {world.OPEN_DRIVES - 1})"]
        return self.script("reading", head, statements, {"drives.kind": "'fixed'::text"})

    def booked(self, answer):
        """What stands for a blank of each column in a booking."""
        # A colon before a letter or figure would be a variable.
        answer = re.sub(r":(?=\S)", ": ", re.sub(r"T\d\d:\d\d:\d\dZ", "", answer)).replace("'", "''")
        registration, slot = uid(0x20, ":n"), uid(world.SLOT, ":s")
        return {
            "sign_ins.id": uid(world.SIGN_IN, ":p"), "registrations.id": registration, "slots.id": slot, "registrations.slot": slot,
            "slots.taken": "1::int", "organisations.id": "NULL::uuid", "registrations.session": uid(world.SESSION, ":drive"), "registrations.state": "'booked'::text",
            "registrations.mobilised_by": uid(world.CLUB, f":p % {world.CLUBS}"), "registrations.hold": "NULL::uuid",
            "registrations.is_walk_in": "false", "registrations.checked_in_at": "NULL::timestamptz", "registrations.created_by": uid(world.PERSON, ":p"),
            "tallies.body": uid(world.CLUB, f":p % {world.CLUBS}"), "tallies.kind": "'planned'::text",
            "tallies.month": f"{self.world.open_on:%Y%m}::int", "tallies.organiser": uid(world.COMMUNE, f":drive % {world.COMMUNES}"),
            "tallies.programme": uid(world.PROGRAMME, "0"), "tallies.registered": "1::int", "tallies.is_settled": "false",
            "notices.id": uid(0x21, ":n"), "notices.kind": "'booking-confirmed'::text", "notices.about": f"({registration})::text",
            "notices.data": f"jsonb_build_object('slot', ({slot})::text)", "notices.secret": "NULL::text", "notices.state": "'waiting'::text",
            "notices.tries": "0::int", "notices.purpose": "'booking'::text",
            "notices.urgency": "2::smallint", "notices.channel": "NULL::text", "notices.code": "upper(substr(md5((:n)::text), 1, 8))", "notices.reason": "NULL::text",
            "notices.said": "NULL::jsonb", "notices.cost": "0::int", "idempotency_keys.route": f"'POST /api/v1/drives/' || ({uid(world.DRIVE, ':drive')})::text || '/registrations'",
            "idempotency_keys.key": "'pgbench-' || :n", "idempotency_keys.body_hash": "'" + "h" * 43 + "'::text",
            "idempotency_keys.status": "201::int", "idempotency_keys.answer": f"'{answer}'::jsonb",
        }

    def value(self, column, known):
        """What stands for a blank of this column."""
        table, name = column.split(".")
        if column in known:
            return known[column]
        if column == "drives.id" or name == "drive":
            return uid(world.DRIVE, ":drive")
        if name == "person":
            return uid(world.PERSON, ":p")
        if name.endswith("_at") or name.endswith("until"):
            return "now()"
        if name == "held_on":
            return f"date '{self.world.open_on}'"
        if table == "tallies":
            return "0::int"
        raise SystemExit(f"bench/reference.py knows no value for {column}")

    def script(self, name, head, statements, known):
        lines = [self.filled(text, known) + ";" for text in statements]
        file = os.path.join(self.folder, f"{name}.sql")
        with open(file, "w", encoding="utf-8") as script:
            script.write("\n".join(head + lines) + "\n")
        os.chmod(file, 0o644)
        return file

    def filled(self, text, known):
        """The statement with values of its columns for its blanks."""
        text = " ".join(text.split())
        insert = re.match(r'INSERT INTO "(\w+)" \(([^)]*)\) VALUES \(', text)
        columns = [f"{insert[1]}.{name}" for name in re.findall(r'"(\w+)"', insert[2])] if insert else []
        values = text[insert.end():].split(")")[0].split(", ") if insert else []
        by_place = dict(zip(values, columns))

        def fill(blank):
            if blank[0] in by_place:
                return self.value(by_place[blank[0]], known)
            if text[:blank.start()].rstrip().endswith(("LIMIT", "OFFSET")):
                return "1::bigint"
            before = re.findall(r'"(\w+)"\."(\w+)"', text[:blank.start()])
            return self.value(".".join(before[-1]), known)

        return re.sub(r"\$\d+", fill, text)

    def run(self, script, clients, seconds):
        """Transactions a second; every one of them must have gone through."""
        command = ["pgbench", "-n", "-M", "prepared", "-f", script, "-c", str(clients), "-j", "2", "-T", str(seconds), "-D", "i=0",
                   "-D", f"base={self.base}", "-D", f"clients={clients}", self.url]
        done = subprocess.run(command, text=True, capture_output=True, check=False)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        if done.returncode or not rate or "aborted" in done.stderr:
            raise SystemExit(f"pgbench failed:\n{done.stdout}\n{done.stderr[-3000:]}")
        count = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
        # A quick client numbers further than the others.
        self.base += count * 2
        return {"rate": float(rate[1]), "transactions": count}
