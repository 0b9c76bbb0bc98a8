"""Emergency calls in the invented world, and what is measured of them: whom the next wave would ask, and the page that
everybody looks at."""
import datetime
import itertools
import json
import subprocess

import world
from service import uuid_text

HOSPITAL, CALL, ASK, GIFT = range(20, 24)
# Each hospital asks for 20 units: a wave of about two hundred donors.
HOSPITALS, UNITS = 120, 20
# Calls of the last two years, each of which asked one of so many donors: every tenth donor was asked once.
PAST_CALLS, ONE_OF = 200, 2000


def tables(of):
    """Hospitals in the cities and anywhere, each with a call that asks, and two years of calls that are over."""
    yield "organisations", "id:u kind name search_name parent:u latitude longitude is_trusted:b is_illustrative:b created_at:m", hospitals(of)
    yield "organisation_ancestors", "descendant:u ancestor:u depth", ancestors()
    yield "gifts", "id:u person:u component given_on source created_at:m", gifts(of)
    yield "calls", ("id:u hospital:u blood_group component units needed_by:m arrive_by:m give_at:u is_widening:b state drive:u "
                    "requested_by:u created_at:m changed_at:m"), itertools.chain(open_calls(of), past_calls(of))
    yield "asks", "id:u call:u person:u wave distance_m answer answered_at:m created_at:m", asks(of)


def province(number):
    return world.uid(world.PROVINCE, number % world.PROVINCES)


def hospitals(of):
    draw = world.SPREAD(world.SEED + 5)
    for number in range(HOSPITALS):
        city = number % 8
        latitude, longitude = ((world.CITIES[city][at] + draw.uniform(-0.1, 0.1) for at in (1, 2)) if city < 5
                               else (draw.uniform(9, 22.5), draw.uniform(104, 109)))
        yield (world.uid(HOSPITAL, number), "hospital", f"Bệnh viện {number}", f"benh vien {number}", province(number), latitude, longitude,
               True, True, of.now)


def ancestors():
    for number in range(HOSPITALS):
        line = world.uid(HOSPITAL, number), province(number), world.uid(world.NATION, 0)
        for depth, body in enumerate(line):
            yield line[0], body, depth


def gifts(of):
    """One gift of every second donor: rows enough that looking them up costs what it costs."""
    for number in range(0, of.donors, 2):
        given_on = of.today - datetime.timedelta(days=90 + number % 900)
        yield world.uid(GIFT, number), world.uid(world.PERSON, number), "whole_blood", given_on.isoformat(), "imported", of.now


HOUR = 3_600_000_000


def call(number, state, moments):
    posted_at, changed_at, arrive_by = moments
    hospital = world.uid(HOSPITAL, number % HOSPITALS)
    return (world.uid(CALL, number), hospital, world.GROUPS[number // 8 % 8], "red_cells", UNITS, arrive_by + 2 * HOUR, arrive_by, hospital, True,
            state, world.uid(world.DRIVE, 0), world.uid(world.PERSON, 0), posted_at, changed_at)


def open_calls(of):
    """They ask until the day after tomorrow, longer than anybody measures."""
    for number in range(HOSPITALS):
        yield call(number, "asking", (of.now, of.now, of.now + 3 * 24 * HOUR))


def past_at(of, number):
    return of.now - (number + 1) * 3 * 24 * HOUR


def past_calls(of):
    for number in range(PAST_CALLS):
        posted_at = past_at(of, number)
        yield call(HOSPITALS + number, "filled", (posted_at, posted_at + HOUR, posted_at + 10 * HOUR))


def asks(of):
    draw = world.SPREAD(world.SEED + 6)
    for number in range(PAST_CALLS):
        for at, person in enumerate(draw.sample(range(of.donors), of.donors // ONE_OF)):
            answer = draw.choice(("yes", "no", None, None, None))
            asked_at = past_at(of, number)
            answered_at = asked_at + draw.randrange(60, 3600) * 1_000_000 if answer else None
            yield (world.uid(ASK, number * of.donors + at), world.uid(CALL, HOSPITALS + number), world.uid(world.PERSON, person), 1,
                   draw.randrange(30_000), answer, answered_at, asked_at)


class Calls:
    """Parts of the bench."""

    def waves(self):
        found = {}
        for name, service in self.services.items():
            said = subprocess.run([self.tool, "waves", service.store.url], check=True, text=True, stdout=subprocess.PIPE)
            found[name] = json.loads(said.stdout)
        return found

    def public(self):
        paths = [f"/api/v1/public/calls/{uuid_text(world.uid(CALL, number))}" for number in range(HOSPITALS)]
        return self.each(lambda _, service: self.clients(service, paths=paths), "--no-worker")


def rows(found, names, met):
    """Lines of the table."""
    for name, one in found.get("waves", {}).items():
        yield ("Match and rank for a wave of 200", "p99 < 40 ms", names[name],
               f"p50 {one['p50_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms; {one['asked']} asked by 120 calls", f"{one['p99_ms'] / 40:.2f}", met(one["p99_ms"] < 40))
    for name, one in found.get("public", {}).items():
        yield ("The public state of a call", "≥ 3,000/s", names[name], f"{one['rate']:,.0f}/s, p99 {one['p99_ms']:.0f} ms", f"{one['rate'] / 3000:.2f}",
               met(one["rate"] >= 3000))
