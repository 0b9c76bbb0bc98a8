"""The service as it is installed: the release binary in a folder of its own, asked over loopback."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import signal
import subprocess
import time

import world


class Service:
    """One database, one binary, one port; its log is kept to be read."""

    def __init__(self, binary, store, folder, port):
        self.binary, self.store, self.folder, self.port = binary, store, folder, port
        self.address = f"127.0.0.1:{port}"
        self.log = os.path.join(folder, "log")
        self.keys = os.path.join(folder, "keys.toml")
        self.process = None

    def environment(self, log_filter):
        return {
            **os.environ,
            "GIOTHONG__DATABASE__URL": self.store.url,
            "GIOTHONG__KEYS__FILE": self.keys,
            "GIOTHONG__SERVER__ADDRESS": self.address,
            "GIOTHONG__MAIL__FOLDER": os.path.join(self.folder, "mails"),
            "GIOTHONG__LOG__FILTER": log_filter,
            "GIOTHONG__LOG__FORMAT": "json",
            # A handful of people book for thousands; the gate itself stays in the way.
            "GIOTHONG__LIMITS__BOOKINGS_PER_MINUTE": "1000000",
        }

    def migrate(self):
        subprocess.run([self.binary, "migrate"], env=self.environment("warn"), cwd=self.folder, check=True)

    def start(self, *arguments, log_filter="info,actix_server=warn"):
        """Serves; answers after how many seconds it was ready."""
        begun = time.perf_counter()
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([self.binary, "serve", *arguments], env=self.environment(log_filter), cwd=self.folder, stderr=log)
        while time.perf_counter() - begun < 30:
            try:
                if self.get("/health/ready")[0] == 200:
                    return time.perf_counter() - begun
            except ConnectionRefusedError:
                time.sleep(0.002)
            if self.process.poll() is not None:
                break
        raise SystemExit(f"{self.store.name}: the service does not start:\n" + open(self.log, encoding="utf-8").read()[-2000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def ask(self, method, path, token=None, body=None, key=None):
        """Status and text of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} if body else {}
        headers.update({"Authorization": f"Bearer {token}"} if token else {})
        headers.update({"Idempotency-Key": key} if key else {})
        connection.request(method, path, body and json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def get(self, path, token=None):
        return self.ask("GET", path, token)

    def said(self, ask):
        """The statements the service logged while `ask` was answered."""
        before = os.path.getsize(self.log)
        status, text = ask()
        if status >= 300:
            raise SystemExit(f"{status}: {text}")
        statements, end = [], time.monotonic() + 5
        while time.monotonic() < end:
            with open(self.log, encoding="utf-8") as log:
                log.seek(before)
                lines = [json.loads(line) for line in log if line.endswith("\n")]
            statements = [line["text"] for line in lines if line.get("message") == "said"]
            if any(line.get("message") == "answered" for line in lines):
                break
            time.sleep(0.02)
        return statements, text

    # Access tokens for the sign-ins that the world holds, signed with this folder's own keys.

    def token(self, person):
        with open(self.keys, encoding="utf-8") as keys:
            secret = re.search(r'jwt = "([^"]+)"', keys.read()).group(1)
        now = int(time.time())
        claims = {"iss": "giothong", "aud": "http://127.0.0.1:8080", "sub": uuid_text(world.uid(world.PERSON, person)),
                  "sid": uuid_text(world.uid(world.SIGN_IN, person)), "epoch": 1, "iat": now, "exp": now + 7200}
        head = {"typ": "at+jwt", "alg": "HS256", "kid": "1"}
        signed = b".".join(coded(json.dumps(part).encode()) for part in (head, claims))
        mac = hmac.new(base64.b64decode(secret), signed, hashlib.sha256).digest()
        return (signed + b"." + coded(mac)).decode()


def coded(text):
    return base64.urlsafe_b64encode(text).rstrip(b"=")


def uuid_text(digits):
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
