-- The listed number of a body on duty: a hospital's ward that has one posts at once and is called back on it; a blood
-- centre's is where its stock is asked for; a club's is where its duty answers.
ALTER TABLE organisations ADD COLUMN duty_phone TEXT;
-- How long a facility's own testing takes: donors arrive that much before the blood is needed. Empty: as the settings say.
ALTER TABLE organisations ADD COLUMN testing_minutes INTEGER;

-- Ordinary calls ask in waves within reach; rare ones ask everyone suitable in the province at once.
ALTER TABLE calls ADD COLUMN path TEXT NOT NULL DEFAULT 'ordinary';
-- How wide it asks: within reach, the province, the nation.
ALTER TABLE calls ADD COLUMN scope TEXT NOT NULL DEFAULT 'reach';
-- Since when a coordinator has held its asking up.
ALTER TABLE calls ADD COLUMN paused_at TIMESTAMPTZ;
-- When the next wave is due; a job for another moment sends nothing.
ALTER TABLE calls ADD COLUMN next_wave_at TIMESTAMPTZ;
-- The listed number on which whoever posted it is called back; empty where somebody vouched for it beforehand.
ALTER TABLE calls ADD COLUMN call_back TEXT;
ALTER TABLE calls ADD COLUMN called_back_at TIMESTAMPTZ;

-- What was done: moved into a state, told to coordinators, stock asked for, called back, paused, widened ...
ALTER TABLE call_changes ADD COLUMN act TEXT NOT NULL DEFAULT 'moved';
-- How many: coordinators told, units found, donors asked.
ALTER TABLE call_changes ADD COLUMN amount INTEGER;

-- From how far somebody was asked: the reserve, near, wider, the province, the nation, by telephone.
ALTER TABLE asks ADD COLUMN ring TEXT NOT NULL DEFAULT 'near';
-- How likely a yes was held to be when they were asked.
ALTER TABLE asks ADD COLUMN chance DOUBLE PRECISION;
-- Whether the hospital may know their first name.
ALTER TABLE asks ADD COLUMN shows_name BOOLEAN NOT NULL DEFAULT FALSE;
-- The day from which they may be asked again, where they said one.
ALTER TABLE asks ADD COLUMN quiet_until DATE;

-- Each time somebody telephoned a donor for a call, and what came of it.
CREATE TABLE call_ticks (
    id UUID NOT NULL PRIMARY KEY,
    call UUID NOT NULL REFERENCES calls (id),
    person UUID NOT NULL REFERENCES people (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('comes', 'declines', 'no_answer')),
    note TEXT,
    ticked_by UUID NOT NULL,
    ticked_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX call_ticks_by_call ON call_ticks (call, ticked_at, id);
CREATE INDEX call_ticks_by_person ON call_ticks (person);

-- Who stands by for emergencies, for which club.
CREATE TABLE reserve_pledges (
    club UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES people (id),
    -- How far they would go.
    max_km INTEGER NOT NULL CHECK (max_km BETWEEN 1 AND 500),
    -- Whether they may be asked at night.
    nights BOOLEAN NOT NULL,
    -- In which months: January is bit 0.
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 4095),
    -- When their blood was last tested beforehand, so that it can be taken the sooner.
    tested_on DATE,
    pledged_at TIMESTAMPTZ NOT NULL,
    changed_by UUID NOT NULL,
    PRIMARY KEY (club, person)
);
CREATE INDEX reserve_pledges_by_person ON reserve_pledges (person);
