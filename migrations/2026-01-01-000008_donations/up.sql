-- What the nurse found, sealed: vitals and reasons as one JSON text.
CREATE TABLE screenings (
    id UUID NOT NULL PRIMARY KEY,
    registration UUID NOT NULL REFERENCES registrations (id),
    findings_sealed TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'deferred')),
    screened_by UUID NOT NULL,
    screened_at TIMESTAMPTZ NOT NULL,
    voided_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX screenings_by_registration ON screenings (registration, created_at);

-- One unit: one bag, one successful visit. day, bodies and kind are copied so that totals need no join.
CREATE TABLE donations (
    id UUID NOT NULL PRIMARY KEY,
    registration UUID NOT NULL REFERENCES registrations (id),
    drive UUID NOT NULL REFERENCES drives (id),
    person UUID NOT NULL REFERENCES people (id),
    organiser UUID NOT NULL,
    mobilised_by UUID NOT NULL,
    held_on DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('planned', 'emergency')),
    component TEXT NOT NULL CHECK (component IN ('whole_blood', 'red_cells', 'plasma', 'platelets', 'granulocytes', 'stem_cells')),
    volume_ml INTEGER NOT NULL CHECK (volume_ml >= 50 AND volume_ml <= 700),
    bag_ml INTEGER,
    blood_group TEXT,
    unit_number TEXT,
    -- The unit number with who gave it out; null once voided, so that the number is free again.
    unit_key TEXT UNIQUE,
    certificate_serial TEXT,
    -- Light entries lack vitals, number or group.
    is_complete BOOLEAN NOT NULL,
    is_first_time BOOLEAN NOT NULL,
    result TEXT CHECK (result IN ('safe', 'discarded')),
    collected_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID NOT NULL,
    voided_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX donations_by_registration ON donations (registration, created_at);
CREATE INDEX donations_by_person ON donations (person, held_on, id);
CREATE INDEX donations_by_drive ON donations (drive, id);
CREATE INDEX donations_by_day ON donations (held_on, organiser, mobilised_by, kind, component, blood_group, bag_ml, volume_ml, voided_at);

-- Every correction and void with what stood before.
CREATE TABLE donation_changes (
    id UUID NOT NULL PRIMARY KEY,
    donation UUID NOT NULL REFERENCES donations (id),
    act TEXT NOT NULL CHECK (act IN ('corrected', 'voided', 'result')),
    reason TEXT NOT NULL,
    before JSONB NOT NULL,
    changed_by UUID NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX donation_changes_by_donation ON donation_changes (donation, changed_at, id);

-- Counts a drive's people typed, beside what was recorded.
CREATE TABLE declared_counts (
    drive UUID NOT NULL REFERENCES drives (id),
    mobilised_by UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL CHECK (kind IN ('planned', 'emergency')),
    registered INTEGER,
    attended INTEGER,
    collected INTEGER NOT NULL,
    safe INTEGER,
    ml BIGINT,
    declared_by UUID NOT NULL,
    declared_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (drive, mobilised_by, kind)
);
