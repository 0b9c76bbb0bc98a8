-- A hospital's urgent need and our asking for it. An open call owns a hidden drive with one slot: holding places is booking.
CREATE TABLE calls (
    id UUID NOT NULL PRIMARY KEY,
    hospital UUID NOT NULL REFERENCES organisations (id),
    blood_group TEXT NOT NULL,
    component TEXT NOT NULL CHECK (component IN ('whole_blood', 'red_cells', 'plasma', 'platelets', 'granulocytes', 'stem_cells')),
    units INTEGER NOT NULL CHECK (units > 0),
    needed_by TIMESTAMPTZ NOT NULL,
    arrive_by TIMESTAMPTZ NOT NULL,
    give_at UUID NOT NULL REFERENCES organisations (id),
    is_widening BOOLEAN NOT NULL,
    note TEXT,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'verified', 'asking', 'filled', 'expired', 'cancelled')),
    drive UUID REFERENCES drives (id),
    slot UUID REFERENCES slots (id),
    requested_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX calls_by_hospital ON calls (hospital, created_at, id);
CREATE INDEX calls_by_state ON calls (state, needed_by);

CREATE TABLE call_changes (
    id UUID NOT NULL PRIMARY KEY,
    call UUID NOT NULL REFERENCES calls (id),
    state TEXT NOT NULL,
    note TEXT,
    -- Null when the service did it by itself.
    changed_by UUID,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX call_changes_by_call ON call_changes (call, changed_at, id);

CREATE TABLE asks (
    id UUID NOT NULL PRIMARY KEY,
    call UUID NOT NULL REFERENCES calls (id),
    person UUID NOT NULL REFERENCES people (id),
    wave INTEGER NOT NULL,
    distance_m INTEGER NOT NULL,
    answer TEXT CHECK (answer IN ('yes', 'no', 'late')),
    arriving_at TIMESTAMPTZ,
    answered_at TIMESTAMPTZ,
    registration UUID REFERENCES registrations (id),
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (call, person)
);
CREATE INDEX asks_by_person ON asks (person, created_at);
