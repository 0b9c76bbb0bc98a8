-- Lists taken in from files or pasted: read and judged first, applied in one go, undone by their id.
CREATE TABLE imports (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('roster', 'history', 'results')),
    -- A club's list, or a drive's results.
    organisation UUID REFERENCES organisations (id),
    drive UUID REFERENCES drives (id),
    name TEXT,
    state TEXT NOT NULL CHECK (state IN ('checked', 'applied', 'undone', 'expired')),
    -- The blind mark of the content, to know the same file again.
    digest TEXT NOT NULL,
    -- The applied import of the same content.
    again_of UUID,
    sheet TEXT,
    heading_row INTEGER NOT NULL,
    headings JSONB NOT NULL,
    counts JSONB NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- Until when it waits to be applied; what stood in it is forgotten then.
    expires_at TIMESTAMPTZ NOT NULL,
    applied_at TIMESTAMPTZ,
    undone_at TIMESTAMPTZ,
    CHECK ((organisation IS NULL) <> (drive IS NULL))
);
CREATE INDEX imports_by_organisation ON imports (organisation, id);
CREATE INDEX imports_by_drive ON imports (drive, id);
CREATE INDEX imports_by_creator ON imports (created_by, id);
CREATE INDEX imports_by_digest ON imports (digest, state);
CREATE INDEX imports_by_state ON imports (state, expires_at);

-- What was found of each row, and what was decided. What the row says is sealed, and gone once it was applied.
CREATE TABLE import_rows (
    import UUID NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('new', 'same', 'there', 'repeated', 'unsure', 'problem')),
    person UUID,
    same_row INTEGER,
    candidates JSONB NOT NULL,
    remarks JSONB NOT NULL,
    sealed TEXT,
    decision TEXT CHECK (decision IN ('same', 'new', 'skip')),
    decided_person UUID,
    decided_row INTEGER,
    PRIMARY KEY (import, number)
);
CREATE INDEX import_rows_by_verdict ON import_rows (import, verdict, number);

-- What an applied import made, row by row, so that it can be taken back.
CREATE TABLE import_made (
    import UUID NOT NULL REFERENCES imports (id),
    number INTEGER NOT NULL,
    person UUID NOT NULL,
    is_new BOOLEAN NOT NULL,
    is_joined BOOLEAN NOT NULL,
    gift UUID,
    registration UUID,
    -- The registration's state before; null where the import made it.
    was TEXT,
    donation UUID,
    deferral UUID,
    PRIMARY KEY (import, number)
);
CREATE INDEX import_made_by_person ON import_made (person);
CREATE INDEX import_made_by_gift ON import_made (gift);
