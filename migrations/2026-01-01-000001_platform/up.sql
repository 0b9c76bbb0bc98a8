-- Answers kept beside their effect, so that the same request sent twice does its work once. Purged after a day.
CREATE TABLE idempotency_keys (
    person UUID NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person, route, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Work for later. due_at: when a row may be taken and, once taken, when its lease ends. Done rows are deleted.
CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    unique_key TEXT UNIQUE,
    payload JSONB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    due_at TIMESTAMPTZ NOT NULL,
    tries INTEGER NOT NULL,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX jobs_by_due ON jobs (state, due_at, id);

-- What is sent to people. (person, kind, about) is said once. No personal data but what "secret" holds sealed.
CREATE TABLE notices (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person UUID NOT NULL,
    about TEXT NOT NULL,
    data JSONB NOT NULL,
    secret TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dropped', 'dead')),
    due_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    tries INTEGER NOT NULL,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    UNIQUE (person, kind, about)
);
CREATE INDEX notices_by_due ON notices (state, due_at, id);

-- Facts about this database itself: the fingerprint of its keys, whether it holds the demo.
CREATE TABLE marks (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
