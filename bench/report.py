"""The table of limits and results."""

import calls
import outbox

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def markdown(found):
    asked = found["asked"]
    lines = [
        f"{asked['date']}; {asked['cores']} cores; {asked['donors']:,} donors, {asked['drives']:,} drives in the year, {asked['clients']} clients, "
        f"{asked['rounds']} rounds of {asked['seconds']:g} s.",
        "",
        "| What | Limit | Database | Result | Ratio | Met |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows(found):
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def rows(found):
    for part in (booking, hot, reading, totals, matching, reminding, start):
        if part.__name__ in found:
            yield from part(found[part.__name__])
    yield from calls.rows(found, NAMES, met)
    yield from outbox.rows(found, NAMES, met)


def met(is_met):
    return "yes" if is_met else "**no**"


def compared(what, found, limits):
    best = max(max(one["pgbench_16"], one["pgbench_64"]) for one in found["rounds"])
    for name, ratio in found["ratios"].items():
        rates = sorted(one[name]["rate"] for one in found["rounds"])
        late = max(one[name]["p99_ms"] for one in found["rounds"])
        all_ratios = ", ".join(f"{one[name]['ratio']:.2f}" for one in found["rounds"])
        limit = limits.get(name)
        yield (what, f"≥ {limit} of pgbench" if limit else "none", NAMES[name], f"{rates[len(rates) // 2]:,.0f}/s, p99 {late:.0f} ms (pgbench up to {best:,.0f}/s)",
               f"{ratio:.2f} ({all_ratios})", met(ratio >= limit) if limit else "–")


def booking(found):
    what = f"Booking over 1,000 slots, {found['statements_in_transaction']} statements"
    yield from compared(what, found, {"postgresql": 0.5, "sqlite": 1.0})


def reading(found):
    yield from compared("Reading a drive", found, {"postgresql": 0.4, "sqlite": 0.4})


def hot(found):
    for name, one in found.items():
        statuses = ", ".join(f"{count} × {status}" for status, count in one["statuses"].items())
        yield ("One hot slot of 500, 2,000 people", "exact, no error", NAMES[name], f"{statuses}; {one['taken']} taken; {one['rate']:,.0f}/s", "–", met(one["is_exact"]))


def totals(found):
    for by, limit in (("month", 50), ("body", 150)):
        for name, one in found.items():
            one = one[by]
            yield (f"National totals of a year by {by}", f"< {limit} ms", NAMES[name], f"{one['median_ms']:.0f} ms (worst {one['worst_ms']:.0f}; {one['rows']:,} rows)",
                   f"{one['median_ms'] / limit:.2f}", met(one["median_ms"] < limit))


def matching(found):
    for name, one in found.items():
        yield ("Match of a call", "p99 < 40 ms", NAMES[name], f"p50 {one['p50_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms", f"{one['p99_ms'] / 40:.2f}",
               met(one["p99_ms"] < 40))


def reminding(found):
    for name, one in found.items():
        yield (f"Reminders of {one['queued']:,} donors queued", "< 3 s", NAMES[name], f"{one['due_s']:.2f} s (again, nothing new: {one['again_s']:.2f} s)",
               f"{one['due_s'] / 3:.2f}", met(one["due_s"] < 3))
    for name, one in found.items():
        yield ("Look for reminders when nothing is due", "< 0.2 s", NAMES[name], f"{one['idle_s'] * 1000:.0f} ms", f"{one['idle_s'] / 0.2:.2f}", met(one["idle_s"] < 0.2))


def start(found):
    for name, one in found.items():
        yield ("Start on an existing database", "< 0.5 s", NAMES[name], f"{one['start_s']:.2f} s (slowest {one['slowest_start_s']:.2f})", f"{one['start_s'] / 0.5:.2f}",
               met(one["start_s"] < 0.5))
    for name, one in found.items():
        yield ("Memory when idle", "< 40 MB", NAMES[name], f"{one['idle_mb']:.0f} MB", f"{one['idle_mb'] / 40:.2f}", met(one["idle_mb"] < 40))
