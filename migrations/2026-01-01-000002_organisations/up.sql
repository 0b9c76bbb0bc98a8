-- One row per legal body. Ended bodies keep their row and lose their code; imports find bodies by code only.
CREATE TABLE organisations (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('national', 'province', 'district', 'commune', 'school', 'company', 'club', 'hospital', 'blood_centre', 'other')),
    name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    code TEXT UNIQUE,
    parent UUID REFERENCES organisations (id),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    valid_from DATE,
    valid_to DATE,
    -- In whose name messages go out; empty means the site's.
    brand TEXT,
    -- Eligibility rules of its own (a facility), by id of the rule set.
    rule_set TEXT,
    -- A hospital whose requests need no verification.
    is_trusted BOOLEAN NOT NULL DEFAULT FALSE,
    -- Whether Rh− donors are reminded or kept for calls; empty: as the body above decides.
    rh_negative TEXT CHECK (rh_negative IN ('remind', 'reserve')),
    -- Invented for the demo: shown as "số liệu minh họa".
    is_illustrative BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to)
);
CREATE INDEX organisations_by_parent ON organisations (parent, search_name, id);
CREATE INDEX organisations_by_name ON organisations (search_name, id);

-- Every body above every body, itself at depth 0.
CREATE TABLE organisation_ancestors (
    descendant UUID NOT NULL REFERENCES organisations (id),
    ancestor UUID NOT NULL REFERENCES organisations (id),
    depth INTEGER NOT NULL,
    PRIMARY KEY (descendant, ancestor)
);
CREATE INDEX organisation_ancestors_by_ancestor ON organisation_ancestors (ancestor, descendant);

-- What an ended body became. Shares are in thousandths and sum to 1000 over a split.
CREATE TABLE successions (
    id UUID NOT NULL PRIMARY KEY,
    predecessor UUID NOT NULL REFERENCES organisations (id),
    successor UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL CHECK (kind IN ('merged', 'split', 'renamed')),
    happened_on DATE NOT NULL,
    share INTEGER NOT NULL CHECK (share > 0 AND share <= 1000),
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (predecessor, successor)
);
CREATE INDEX successions_by_successor ON successions (successor);

-- Bodies compared with each other.
CREATE TABLE clusters (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    valid_from DATE,
    valid_to DATE,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE cluster_members (
    cluster UUID NOT NULL REFERENCES clusters (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (cluster, organisation)
);

-- What is counted.
CREATE TABLE indicators (
    slug TEXT NOT NULL PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    position INTEGER NOT NULL
);
INSERT INTO indicators (slug, name_vi, name_en, unit, position) VALUES
    ('drives', 'Số đợt hiến máu', 'Drives', 'drive', 10),
    ('units', 'Đơn vị máu tiếp nhận', 'Units collected', 'unit', 20),
    ('units_planned', 'trong đó: tập trung', 'of them planned', 'unit', 30),
    ('units_emergency', 'trong đó: đột xuất', 'of them emergency', 'unit', 40),
    ('safe', 'Đơn vị máu đạt xét nghiệm', 'Units that passed the tests', 'unit', 50),
    ('registered', 'Lượt người đăng ký', 'Registrations', 'visit', 60),
    ('attended', 'Lượt người đến hiến máu', 'Visits', 'visit', 70),
    ('ml', 'Thể tích máu (ml)', 'Volume (ml)', 'ml', 80);

-- What was assigned or self-set for a period. Never summed over children.
CREATE TABLE targets (
    id UUID NOT NULL PRIMARY KEY,
    organisation UUID NOT NULL REFERENCES organisations (id),
    indicator TEXT NOT NULL REFERENCES indicators (slug),
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    value DOUBLE PRECISION NOT NULL CHECK (value >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('assigned', 'self_set')),
    assigned_by UUID REFERENCES organisations (id),
    exactness TEXT NOT NULL CHECK (exactness IN ('exact', 'over', 'just_under', 'rounded', 'at_least', 'derived')),
    source TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (from_on <= to_on),
    UNIQUE (organisation, indicator, from_on, to_on, kind)
);

-- Declared numbers of a body or a cluster (exactly one of them) for a period.
CREATE TABLE figures (
    id UUID NOT NULL PRIMARY KEY,
    organisation UUID REFERENCES organisations (id),
    cluster UUID REFERENCES clusters (id),
    indicator TEXT NOT NULL REFERENCES indicators (slug),
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    exactness TEXT NOT NULL CHECK (exactness IN ('exact', 'over', 'just_under', 'rounded', 'at_least', 'derived')),
    source TEXT,
    note TEXT,
    signed_at TIMESTAMPTZ,
    signed_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (from_on <= to_on),
    CHECK ((organisation IS NULL) <> (cluster IS NULL)),
    UNIQUE (organisation, indicator, from_on, to_on),
    UNIQUE (cluster, indicator, from_on, to_on)
);
