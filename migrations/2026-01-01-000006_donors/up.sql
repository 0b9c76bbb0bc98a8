-- What eligibility and calls need to know of a person; available_from and available_until are derived from gifts,
-- deferrals and age in the transaction that moves them (9999-12-31: never), and checked by a recount.
CREATE TABLE donors (
    person UUID NOT NULL PRIMARY KEY REFERENCES people (id),
    blood_group TEXT,
    -- The group's number 0 to 7, for the index of calls; -1 unknown.
    blood SMALLINT NOT NULL,
    group_certainty TEXT NOT NULL CHECK (group_certainty IN ('unknown', 'declared', 'confirmed')),
    available_from DATE NOT NULL,
    available_until DATE,
    -- Consents for calls and reminders, copied so that one index answers who may be asked.
    opted_in BOOLEAN NOT NULL,
    wants_reminders BOOLEAN NOT NULL,
    cell INTEGER NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    last_asked_on DATE NOT NULL,
    gifts INTEGER NOT NULL,
    -- Whose people they are when they book.
    main_club UUID REFERENCES organisations (id),
    created_at TIMESTAMPTZ NOT NULL
);
-- The column of the predicate is in the index too, else SQLite reads the table for each row.
CREATE INDEX donors_for_calls ON donors (cell, blood, available_from, last_asked_on, available_until, latitude, longitude, person, opted_in) WHERE opted_in;
CREATE INDEX donors_for_reminders ON donors (available_from, person, wants_reminders) WHERE wants_reminders;

-- Every donation as eligibility sees it: recorded here, declared by the donor or a lead, or imported.
CREATE TABLE gifts (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    component TEXT NOT NULL CHECK (component IN ('whole_blood', 'red_cells', 'plasma', 'platelets', 'granulocytes', 'stem_cells')),
    given_on DATE NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('recorded', 'declared', 'imported')),
    -- The donation it stands for, when recorded here.
    donation UUID UNIQUE,
    place TEXT,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    voided_at TIMESTAMPTZ
);
CREATE INDEX gifts_by_person ON gifts (person, given_on, id);

-- Not before this day, or never (until is null). The reason is health data: sealed.
CREATE TABLE deferrals (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    reason_sealed TEXT NOT NULL,
    event_on DATE NOT NULL,
    until DATE,
    drive UUID,
    registration UUID,
    decided_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    lifted_at TIMESTAMPTZ
);
CREATE INDEX deferrals_by_person ON deferrals (person, id);

CREATE TABLE memberships (
    club UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES people (id),
    joined_on DATE NOT NULL,
    left_on DATE,
    added_by UUID,
    PRIMARY KEY (club, person)
);
CREATE INDEX memberships_by_person ON memberships (person, club);
