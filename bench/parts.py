"""What is measured, part by part."""
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.parse

import world
from calls import Calls
from outbox import Outbox
from reference import BY_SERVICE, Reference
from service import Service, uuid_text

ALL = ("start", "totals", "matching", "waves", "reminding", "public", "reading", "booking", "hot", "mails", "pushes")
CLIENTS = 64
STATEMENTS = "info,giothong::platform::db::statements=debug"
# So many statements a booking may say in its transaction, besides looking up who calls.
MOST_STATEMENTS = 6


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench(Calls, Outbox):
    def __init__(self, binary, tool, the_world, asked):
        self.binary, self.tool, self.world, self.asked = binary, tool, the_world, asked
        self.services, self.found = {}, {}
        self.taken = {}

    def set_up(self, stores, places, url):
        for name, store in stores.items():
            self.services[name] = Service(self.binary, store, places[name], self.asked.port)
            self.services[name].migrate()
        self.reference = Reference(url, places["postgresql"], self.world)

    def run(self):
        self.found["asked"] = {"date": time.strftime("%Y-%m-%d", time.gmtime()), "donors": self.world.donors, "drives": self.world.drives,
                               "seconds": self.asked.seconds, "rounds": self.asked.rounds, "clients": CLIENTS, "cores": os.cpu_count()}
        try:
            for part in ALL:
                if part in self.asked.only.split(","):
                    say(f"Measuring: {part} …")
                    self.found[part] = getattr(self, part)()
                    say(json.dumps(self.found[part], ensure_ascii=False)[:2000])
        finally:
            for service in self.services.values():
                service.stop()
        return self.found

    def each(self, ask, *arguments, **more):
        """Serves from each database in turn, and asks."""
        found = {}
        for name, service in self.services.items():
            service.start(*arguments, **more)
            found[name] = ask(name, service)
            service.stop()
        return found

    # Being there.

    def start(self):
        self.settle()
        found = {}
        for name, service in self.services.items():
            seconds = []
            for _ in range(5):
                seconds.append(service.start())
                service.stop()
            service.start()
            time.sleep(3)
            found[name] = {"start_s": statistics.median(seconds), "slowest_start_s": max(seconds), "idle_mb": service.memory_mb()}
            service.stop()
        return found

    # Questions asked one after another.

    def totals(self):
        self.settle()
        return self.each(lambda _, service: {by: self.total(service, by) for by in ("month", "body")}, "--no-worker")

    def settle(self):
        """The service sums days that are over; once, as on the first start with such a database."""
        for service in self.services.values():
            service.start()
            open_days = f"SELECT count(*) FROM tallies WHERE NOT is_settled AND held_on < '{world.YEAR + 1}-01-01'"
            until = time.monotonic() + 120
            while service.store.number(open_days):
                if time.monotonic() > until:
                    raise SystemExit(f"{service.store.name}: days that are over are not summed")
                time.sleep(0.2)
            service.stop()
            service.store.tidy("tallies")

    def total(self, service, by):
        token, year = service.token(0), world.YEAR
        path = f"/api/v1/totals?from={year}-01-01&to={year}-12-31&by={by}"
        millis = []
        for _ in range(23):
            begun = time.perf_counter()
            status, text = service.get(path, token)
            millis.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                raise SystemExit(f"{status}: {text}")
        answer = json.loads(text)
        # The first answers only warm the database up.
        millis = millis[3:]
        drives = answer["total"]["recorded"]["drives"]
        if drives != self.world.drives:
            raise SystemExit(f"{drives} drives counted of {self.world.drives}")
        return {"median_ms": statistics.median(millis), "worst_ms": max(millis), "rows": len(answer["rows"])}

    def matching(self):
        found = {}
        for name, service in self.services.items():
            said = subprocess.run([self.tool, "matching", service.store.url, self.world.today.isoformat()], check=True, text=True, stdout=subprocess.PIPE)
            found[name] = json.loads(said.stdout)
        counts = {one["found"] for one in found.values()}
        if len(counts) != 1:
            raise SystemExit(f"the databases find different donors: {found}")
        return found

    def reminding(self):
        found = {}
        for name, service in self.services.items():
            said = subprocess.run([self.tool, "reminding", service.store.url, self.world.today.isoformat()], check=True, text=True, stdout=subprocess.PIPE)
            found[name] = json.loads(said.stdout)
        queued = {one["queued"] for one in found.values()}
        if len(queued) != 1 or not all(one["is_once"] for one in found.values()):
            raise SystemExit(f"not everybody was told once: {found}")
        return found

    # Many clients at once, beside pgbench.

    def reading(self):
        service = self.services["postgresql"]
        paths = [f"/api/v1/drives/{uuid_text(world.uid(world.DRIVE, number))}" for number in list(self.world.open_numbers())[:-1]]
        statements, _ = self.sample(service, lambda: service.get(paths[0]))
        script = self.reference.readings(statements)
        return self.compare(script, lambda service: self.clients(service, paths=paths), {"statements": statements})

    def booking(self):
        service = self.services["postgresql"]
        drives = self.drives()
        person = BY_SERVICE - 1
        body = {"slot": drives[0][1][0]}
        ask = lambda: service.ask("POST", f"/api/v1/drives/{drives[0][0]}/registrations", service.token(person), body, "sample")
        # The first booking of a body at a drive is like every other; asked twice, connections have met every type.
        statements, answer = self.sample(service, ask)
        script = self.reference.bookings(statements, answer)
        work = [text for text in statements if text.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE") and "sign_ins" not in text]
        if len(work) > MOST_STATEMENTS:
            raise SystemExit(f"a booking says {len(work)} things to the database")
        tokens = [service.token(person) for person in range(BY_SERVICE - 1)]
        found = self.compare(script, lambda service: self.book(service, tokens, drives), {"statements": statements, "statements_in_transaction": len(work)})
        self.check()
        return found

    def drives(self):
        """The open drives with their slots, as the API names them."""
        *numbers, _ = self.world.open_numbers()
        name = lambda number: uuid_text(world.uid(world.DRIVE, number))
        return [(name(number), [uuid_text(self.world.slot(number, at)) for at in range(world.SLOTS_EACH)]) for number in numbers]

    def sample(self, service, ask):
        """What one request says to the database; asked of a service that was asked something before."""
        service.start("--no-worker", log_filter=STATEMENTS)
        for _ in range(20):
            service.get("/health/ready")
        statements, answer = service.said(ask)
        service.stop()
        return [text for text in statements if "pg_type" not in text], answer

    def compare(self, script, load, more):
        """Rounds of pgbench with 16 and 64 clients and of the service on each database; the better pgbench is the measure."""
        rounds = []
        for _ in range(self.asked.rounds):
            one = {f"pgbench_{clients}": self.reference.run(script, clients, self.asked.seconds)["rate"] for clients in (16, CLIENTS)}
            for name, service in self.services.items():
                service.start("--no-worker")
                one[name] = load(service)
                one[name]["memory_mb"] = service.memory_mb()
                service.stop()
            best = max(one["pgbench_16"], one[f"pgbench_{CLIENTS}"])
            for name in self.services:
                one[name]["ratio"] = one[name]["rate"] / best
            rounds.append(one)
            say(json.dumps({name: value if isinstance(value, float) else {key: value[key] for key in ("rate", "ratio", "p50_ms", "p99_ms")}
                            for name, value in one.items()}))
        ratios = {name: statistics.median(one[name]["ratio"] for one in rounds) for name in self.services}
        return {"ratios": ratios, "rounds": rounds, **more}

    def clients(self, service, **plan):
        plan = {"address": service.address, "clients": CLIENTS, "seconds": self.asked.seconds, "first": 0, "most": 10_000_000, "paths": [],
                "tokens": [], "drives": [], **plan}
        file = os.path.join(service.folder, "plan.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(plan, out)
        said = subprocess.run([self.tool, "clients", file], check=True, text=True, stdout=subprocess.PIPE)
        found = json.loads(said.stdout)
        sample = found.pop("sample")
        good = {"200"} if plan["paths"] else {"201"} if not plan.get("hot") else {"201", "202"}
        if set(found["statuses"]) - good:
            raise SystemExit(f"{service.store.name}: {found['statuses']} {sample[:500]}")
        return found

    def book(self, service, tokens, drives):
        name = service.store.name
        if name not in self.taken:
            self.taken[name] = 0
            # Each database has keys of its own.
            self.taken[name + " tokens"] = [service.token(person) for person in range(len(tokens))]
        found = self.clients(service, tokens=self.taken[name + " tokens"], drives=drives, first=self.taken[name])
        self.taken[name] = found["next"]
        return found

    def check(self):
        """Every place given away is a booking, counted once in the sums and told once."""
        for service in self.services.values():
            number = service.store.number
            booked = number("SELECT count(*) FROM registrations WHERE state = 'booked'")
            others = {"places": number("SELECT sum(taken) FROM slots"), "letters": number("SELECT count(*) FROM notices"),
                      "answers": number("SELECT count(*) FROM idempotency_keys"),
                      "sums": number(f"SELECT sum(registered) FROM tallies WHERE held_on = '{self.world.open_on}'")}
            if set(others.values()) != {booked}:
                raise SystemExit(f"{service.store.name}: {booked} bookings, but {others}")

    def hot(self):
        """Everybody wants the one slot."""
        *_, number = self.world.open_numbers()
        slot = self.world.slot(number, 0)
        drives = [(uuid_text(world.uid(world.DRIVE, number)), [uuid_text(slot)])]

        def race(_, service):
            tokens = [service.token(person) for person in range(4 * world.HOT_PLACES)]
            found = self.clients(service, tokens=tokens, drives=drives, most=len(tokens), seconds=60, hot=True)
            store = service.store
            where = f"slot = {store.uid(slot)}"
            found["taken"] = store.number(f"SELECT taken FROM slots WHERE id = {store.uid(slot)}")
            found["booked"] = store.number(f"SELECT count(*) FROM registrations WHERE {where} AND state = 'booked'")
            found["waiting"] = store.number(f"SELECT count(*) FROM registrations WHERE {where} AND state = 'waitlisted'")
            wanted = {"201": world.HOT_PLACES, "202": 3 * world.HOT_PLACES}
            found["is_exact"] = found["statuses"] == wanted and found["taken"] == found["booked"] == world.HOT_PLACES and found["waiting"] == 3 * world.HOT_PLACES
            return found

        return self.each(race, "--no-worker")
