-- Where a body lets no reminders go out up to and with this day; it counts for all bodies below.
CREATE TABLE reminder_pauses (
    organisation UUID NOT NULL PRIMARY KEY REFERENCES organisations (id),
    paused_until DATE NOT NULL,
    paused_by UUID NOT NULL,
    paused_at TIMESTAMPTZ NOT NULL
);

-- Links of messages that did their work: each does it once.
CREATE TABLE used_links (
    notice UUID NOT NULL,
    purpose TEXT NOT NULL,
    -- What was booked by it, if that is what it did.
    registration UUID REFERENCES registrations (id),
    used_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (notice, purpose)
);

-- Whom to ring up about a reaction to giving: a facility's own number.
ALTER TABLE organisations ADD COLUMN reaction_phone TEXT;

-- What left when, of one kind: results per day.
CREATE INDEX notices_by_settling ON notices (kind, settled_at, state);
