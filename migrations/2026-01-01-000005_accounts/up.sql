CREATE TABLE credentials (
    person UUID NOT NULL PRIMARY KEY REFERENCES people (id),
    -- argon2id in PHC form.
    password_hash TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);

-- One sign-in on one device: the family of its refresh tokens.
CREATE TABLE sign_ins (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    -- Access tokens of an older epoch are worthless.
    epoch INTEGER NOT NULL,
    label TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ NOT NULL,
    idle_until TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX sign_ins_by_person ON sign_ins (person, created_at);

-- Hashes only. A spent one that comes again revokes its sign-in.
CREATE TABLE refresh_tokens (
    hash TEXT NOT NULL PRIMARY KEY,
    sign_in UUID NOT NULL REFERENCES sign_ins (id),
    created_at TIMESTAMPTZ NOT NULL,
    spent_at TIMESTAMPTZ
);
CREATE INDEX refresh_tokens_by_sign_in ON refresh_tokens (sign_in);

-- Six digits for a contact, by its keyed hash; dead after too many tries, counted here so that all processes agree.
CREATE TABLE sign_in_codes (
    id UUID NOT NULL PRIMARY KEY,
    lookup TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'password')),
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_codes_by_lookup ON sign_in_codes (lookup, created_at);

-- One-time QR codes and claim links, by hash.
CREATE TABLE tickets (
    hash TEXT NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- A role on a part of the tree or on one drive (exactly one of them), perhaps for a time.
CREATE TABLE grants (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('club_lead', 'drive_staff', 'nurse', 'hospital', 'coordinator', 'auditor', 'admin')),
    organisation UUID REFERENCES organisations (id),
    drive UUID REFERENCES drives (id),
    until TIMESTAMPTZ,
    granted_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    CHECK ((organisation IS NULL) <> (drive IS NULL))
);
CREATE INDEX grants_by_person ON grants (person, role);
CREATE INDEX grants_by_organisation ON grants (organisation);
CREATE INDEX grants_by_drive ON grants (drive);

-- A role waiting for whoever opens the link, by hash.
CREATE TABLE invitations (
    hash TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('club_lead', 'drive_staff', 'nurse', 'hospital', 'coordinator', 'auditor', 'admin')),
    organisation UUID REFERENCES organisations (id),
    drive UUID REFERENCES drives (id),
    -- Until when the grant will hold.
    until TIMESTAMPTZ,
    places INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    expires_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK ((organisation IS NULL) <> (drive IS NULL)),
    CHECK (used >= 0 AND used <= places)
);

-- Who looked at whom, and why. Only ever added to.
CREATE TABLE accesses (
    id UUID NOT NULL PRIMARY KEY,
    actor UUID NOT NULL,
    person UUID NOT NULL,
    act TEXT NOT NULL,
    reason TEXT,
    happened_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX accesses_by_person ON accesses (person, happened_at, id);
CREATE INDEX accesses_by_actor ON accesses (actor, act, happened_at);

-- What staff read out when they telephone somebody, sealed; the donor sees the same in the app.
CREATE TABLE spoken_codes (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    staff UUID NOT NULL REFERENCES people (id),
    code_sealed TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX spoken_codes_by_person ON spoken_codes (person, expires_at);
