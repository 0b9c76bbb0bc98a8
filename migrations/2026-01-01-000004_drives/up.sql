CREATE TABLE programmes (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    -- The edition's year.
    edition INTEGER NOT NULL,
    starts_on DATE,
    ends_on DATE,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (name, edition)
);

-- What is counted as one "đợt".
CREATE TABLE drives (
    id UUID NOT NULL PRIMARY KEY,
    organiser UUID NOT NULL REFERENCES organisations (id),
    collected_by UUID REFERENCES organisations (id),
    kind TEXT NOT NULL CHECK (kind IN ('planned', 'emergency', 'fixed')),
    name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    target_units INTEGER,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'running', 'completed', 'signed', 'cancelled')),
    -- The first of its programmes: the one that totals by programme count.
    main_programme UUID REFERENCES programmes (id),
    time_zone TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- Carries an emergency call: in no public list.
    is_hidden BOOLEAN NOT NULL,
    -- Opening hours of a fixed site and their exceptions.
    opening JSONB,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX drives_by_organiser ON drives (organiser, starts_on, id);
CREATE INDEX drives_by_day ON drives (starts_on, id);
-- The few that are held on several days, so that totals count each of them once.
CREATE INDEX drives_of_days ON drives (starts_on, ends_on, id) WHERE starts_on < ends_on;

CREATE TABLE drive_programmes (
    drive UUID NOT NULL REFERENCES drives (id),
    programme UUID NOT NULL REFERENCES programmes (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (drive, programme)
);
CREATE INDEX drive_programmes_by_programme ON drive_programmes (programme, drive);

-- One place on one day with hours. held_on is the local date of starts_at.
CREATE TABLE sessions (
    id UUID NOT NULL PRIMARY KEY,
    drive UUID NOT NULL REFERENCES drives (id),
    place TEXT NOT NULL,
    address TEXT NOT NULL,
    commune UUID REFERENCES organisations (id),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    cell INTEGER,
    held_on DATE NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    CHECK (starts_at < ends_at)
);
CREATE INDEX sessions_by_drive ON sessions (drive, starts_at, id);
CREATE INDEX sessions_by_day ON sessions (held_on, cell, drive);

-- Part of a session with a capacity. The CHECK is the net under the conditional update.
CREATE TABLE slots (
    id UUID NOT NULL PRIMARY KEY,
    session UUID NOT NULL REFERENCES sessions (id),
    drive UUID NOT NULL REFERENCES drives (id),
    starts_at TIMESTAMPTZ NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    taken INTEGER NOT NULL DEFAULT 0,
    CHECK (taken >= 0 AND taken <= capacity),
    UNIQUE (session, starts_at)
);
CREATE INDEX slots_by_drive ON slots (drive, starts_at, id, capacity, taken);

-- Sums per drive, day, mobilising body and kind of unit, moved in the transaction of each fact. Narrow, and copied
-- into a covering index by day, so that a nation's year is one scan.
CREATE TABLE tallies (
    drive UUID NOT NULL REFERENCES drives (id),
    held_on DATE NOT NULL,
    body UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL CHECK (kind IN ('planned', 'emergency')),
    -- yyyymm of held_on.
    month INTEGER NOT NULL,
    organiser UUID NOT NULL,
    programme UUID,
    registered INTEGER NOT NULL DEFAULT 0 CHECK (registered >= 0),
    attended INTEGER NOT NULL DEFAULT 0 CHECK (attended >= 0),
    collected INTEGER NOT NULL DEFAULT 0 CHECK (collected >= 0),
    safe INTEGER NOT NULL DEFAULT 0 CHECK (safe >= 0),
    ml BIGINT NOT NULL DEFAULT 0 CHECK (ml >= 0),
    ml350plus INTEGER NOT NULL DEFAULT 0 CHECK (ml350plus >= 0),
    first_time INTEGER NOT NULL DEFAULT 0 CHECK (first_time >= 0),
    PRIMARY KEY (drive, held_on, body, kind)
);
CREATE INDEX tallies_by_day ON tallies (held_on, drive, kind, organiser, programme, registered, attended, collected, safe, ml, ml350plus, first_time, body);
-- The same by body, so that a body finds its own and a nation is told by bodies without sorting.
CREATE INDEX tallies_by_body ON tallies (body, held_on, drive, kind, organiser, programme, registered, attended, collected, safe, ml, ml350plus, first_time);
