-- Everyone, once: donor and staff are facets. The citizen number is never here, only its keyed hash.
CREATE TABLE people (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    birth_date DATE,
    sex TEXT CHECK (sex IN ('female', 'male')),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    commune UUID REFERENCES organisations (id),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    cell INTEGER,
    address_sealed TEXT,
    citizen_lookup TEXT,
    -- Signed in once; before that only listed by a club, and not written to.
    claimed_at TIMESTAMPTZ,
    erased_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX people_by_name ON people (search_name, id);
CREATE INDEX people_by_citizen ON people (citizen_lookup);

-- Sealed addresses, found by keyed hash. Not unique: families share a telephone.
CREATE TABLE contacts (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
    sealed TEXT NOT NULL,
    lookup TEXT NOT NULL,
    -- Given by the person themself, not by whoever listed them: only then may a code to it sign in before it is verified.
    is_own BOOLEAN NOT NULL DEFAULT FALSE,
    verified_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (person, kind)
);
CREATE INDEX contacts_by_lookup ON contacts (lookup, person);

-- Every yes and no, per purpose; the newest counts.
CREATE TABLE consents (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    purpose TEXT NOT NULL,
    is_granted BOOLEAN NOT NULL,
    text_version TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('self', 'paper', 'link')),
    recorded_by UUID,
    form TEXT,
    given_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX consents_by_person ON consents (person, purpose, given_at, id);
