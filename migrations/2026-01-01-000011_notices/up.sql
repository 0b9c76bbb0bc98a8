-- Why a message may be sent, how urgent it is, by which way it left, and the code by which its reader can check it.
ALTER TABLE notices ADD COLUMN purpose TEXT NOT NULL DEFAULT 'account' CHECK (purpose IN ('code', 'account', 'call', 'call_news', 'booking', 'reminder', 'follow_up', 'thanks', 'club'));
-- 0 leaves first: codes before calls before bookings before reminders.
ALTER TABLE notices ADD COLUMN urgency SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE notices ADD COLUMN channel TEXT CHECK (channel IN ('inbox', 'push', 'mail', 'gateway', 'relay'));
-- Short, from chance, made when the message first leaves.
ALTER TABLE notices ADD COLUMN code TEXT;
-- Why it was not sent: a refusal of the contact rules, or the fact that changed.
ALTER TABLE notices ADD COLUMN reason TEXT;
-- What stands in the reader's own inbox: title, body, link, sender, and marks of what its reader must know to check it.
ALTER TABLE notices ADD COLUMN said JSONB;
-- In dong, as the settings price its way.
ALTER TABLE notices ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notices ADD COLUMN read_at TIMESTAMPTZ;
CREATE UNIQUE INDEX notices_by_code ON notices (code);
CREATE INDEX notices_by_urgency ON notices (state, urgency, due_at, id);
CREATE INDEX notices_by_person ON notices (person, created_at, id);

-- Each state a message was in, and by which way.
CREATE TABLE notice_changes (
    id UUID NOT NULL PRIMARY KEY,
    notice UUID NOT NULL REFERENCES notices (id),
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'delivered', 'failed', 'later', 'refused', 'dropped', 'dead', 'used')),
    channel TEXT,
    detail TEXT,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX notice_changes_by_notice ON notice_changes (notice, changed_at, id);
-- A link of a message is used once; detail is what it is for.
CREATE UNIQUE INDEX notice_changes_used ON notice_changes (notice, detail) WHERE state = 'used';

-- Who said stop, by the keyed hash of the contact: it outlives the person's entry, so a list that brings the contact
-- back brings nobody back. `bounced` concerns the one address only.
CREATE TABLE stops (
    lookup TEXT NOT NULL,
    -- A purpose, or 'all'.
    purpose TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('asked', 'bounced')),
    stopped_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (lookup, purpose)
);

-- How somebody wants to be written to; no row: as the settings say.
CREATE TABLE contact_wishes (
    person UUID NOT NULL PRIMARY KEY,
    channel TEXT CHECK (channel IN ('inbox', 'push', 'mail', 'gateway')),
    -- A member of a reserve who lets calls come at night.
    nights BOOLEAN NOT NULL,
    time_zone TEXT,
    changed_at TIMESTAMPTZ NOT NULL
);

-- A browser that shows messages: address and keys sealed, found by the keyed hash of the address.
CREATE TABLE push_subscriptions (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL,
    lookup TEXT NOT NULL UNIQUE,
    sealed TEXT NOT NULL,
    -- Not before: the push service asked us to wait.
    waits_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX push_subscriptions_by_person ON push_subscriptions (person, created_at, id);

-- What a way was used for in a minute or a day, counted so that all processes agree.
CREATE TABLE channel_uses (
    channel TEXT NOT NULL,
    span TEXT NOT NULL CHECK (span IN ('minute', 'day')),
    starts_at TIMESTAMPTZ NOT NULL,
    used INTEGER NOT NULL,
    cost BIGINT NOT NULL,
    PRIMARY KEY (channel, span, starts_at)
);

-- What a club's lead is asked to say to one of its people by word of mouth, once a day each.
CREATE TABLE relay_items (
    id UUID NOT NULL PRIMARY KEY,
    club UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES people (id),
    made_on DATE NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ,
    done_by UUID,
    UNIQUE (club, person, made_on)
);
CREATE INDEX relay_items_by_club ON relay_items (club, made_on, id);
