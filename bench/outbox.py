"""Reminders that leave by the service's own worker, to a mail server and a push service played on this machine."""
import contextlib
import json
import subprocess
import urllib.request

MAILS, PUSHES = 10_000, 5_000
LIMITS = {"mails": 150, "pushes": 500}
AT_ONCE = 16


class Outbox:
    """Parts of the bench."""

    def mails(self):
        return self.leave("mails", min(MAILS, self.asked.messages or MAILS), "smtp")

    def pushes(self):
        return self.leave("pushes", min(PUSHES, self.asked.messages or PUSHES), "push")

    def leave(self, way, many, port):
        found = {}
        for name, service in self.services.items():
            with self.sinks() as ports:
                command = [self.tool, way, service.store.url, self.world.today.isoformat(), str(ports[port]), str(many)]
                said = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
                with urllib.request.urlopen(f"http://127.0.0.1:{ports['push']}/", timeout=10) as answer:
                    taken = json.load(answer)
            one = {**json.loads(said.stdout), "taken": taken}
            arrived = {one["sent"], taken[way]} | ({taken["ids"]} if way == "mails" else set())
            if arrived != {many}:
                raise SystemExit(f"{service.store.name}: not everything left once: {one}")
            found[name] = one
        return found

    @contextlib.contextmanager
    def sinks(self):
        """Both peers, by a process of their own."""
        process = subprocess.Popen([self.tool, "sinks"], text=True, stdout=subprocess.PIPE)
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


def rows(found, names, met):
    """Lines of the table."""
    words = {"mails": f"mails to a server on this machine, {AT_ONCE} at once", "pushes": f"pushes, each sealed and signed, {AT_ONCE} at once"}
    for way, limit in LIMITS.items():
        for name, one in found.get(way, {}).items():
            # One that was just given back may still be closing.
            more = f", at most {one['taken']['connections']} connections" if way == "mails" else ""
            yield (f"{one['sent']:,} {words[way]}", f"≥ {limit}/s", names[name], f"{one['rate']:,.0f}/s ({one['seconds']:.1f} s{more})",
                   f"{one['rate'] / limit:.2f}", met(one["rate"] >= limit))
