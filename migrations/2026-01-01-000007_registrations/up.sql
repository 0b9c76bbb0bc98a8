-- Places kept for a body, named later, released at a time. They count as taken in their slot.
CREATE TABLE holds (
    id UUID NOT NULL PRIMARY KEY,
    drive UUID NOT NULL REFERENCES drives (id),
    slot UUID NOT NULL REFERENCES slots (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    places INTEGER NOT NULL CHECK (places > 0),
    named INTEGER NOT NULL DEFAULT 0,
    release_at TIMESTAMPTZ NOT NULL,
    released_at TIMESTAMPTZ,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (named >= 0 AND named <= places)
);
CREATE INDEX holds_by_drive ON holds (drive, id);
CREATE INDEX holds_by_release ON holds (released_at, release_at);

-- A person's place at a drive, waiting for one, or having come without.
CREATE TABLE registrations (
    id UUID NOT NULL PRIMARY KEY,
    drive UUID NOT NULL REFERENCES drives (id),
    session UUID NOT NULL REFERENCES sessions (id),
    -- None for who came without booking.
    slot UUID REFERENCES slots (id),
    person UUID NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('waitlisted', 'offered', 'booked', 'checked_in', 'deferred', 'collected', 'left', 'no_show', 'cancelled')),
    mobilised_by UUID NOT NULL REFERENCES organisations (id),
    hold UUID REFERENCES holds (id),
    is_walk_in BOOLEAN NOT NULL,
    held_on DATE NOT NULL,
    -- While offered: until when the place waits.
    offered_until TIMESTAMPTZ,
    checked_in_at TIMESTAMPTZ,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
-- One live registration per person and drive: the net under the question asked before.
CREATE UNIQUE INDEX registrations_one_live ON registrations (person, drive) WHERE state IN ('waitlisted', 'offered', 'booked', 'checked_in');
CREATE INDEX registrations_by_person ON registrations (person, state, held_on, id);
CREATE INDEX registrations_by_drive ON registrations (drive, state, id);
CREATE INDEX registrations_by_slot ON registrations (slot, state, created_at, id);
CREATE INDEX registrations_by_offer ON registrations (state, offered_until);
CREATE INDEX registrations_by_hold ON registrations (hold);
CREATE INDEX registrations_by_body ON registrations (mobilised_by, held_on, id);

-- Answers about health before the day, sealed; read by the donor and by nurses of that drive, forgotten some days after it.
CREATE TABLE questionnaires (
    registration UUID NOT NULL PRIMARY KEY REFERENCES registrations (id),
    person UUID NOT NULL REFERENCES people (id),
    version TEXT NOT NULL,
    answers_sealed TEXT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL
);
