-- How often and how lately somebody had given when they were asked, by its number; empty for asks from before.
ALTER TABLE asks ADD COLUMN habit SMALLINT;

-- What the answers taught: so many yes of so much asking, by what was known of the donors. Written anew every night.
CREATE TABLE answer_rates (
    is_reserve BOOLEAN NOT NULL,
    habit SMALLINT NOT NULL,
    ring SMALLINT NOT NULL,
    is_night BOOLEAN NOT NULL,
    yes DOUBLE PRECISION NOT NULL,
    asked DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (is_reserve, habit, ring, is_night)
);
-- How soon answers come, how many of those who do not come say so, and how much a donor's own answers say: the last row counts.
CREATE TABLE answer_delays (
    learnt_at TIMESTAMPTZ NOT NULL PRIMARY KEY,
    asks INTEGER NOT NULL,
    median_minutes DOUBLE PRECISION NOT NULL,
    shape DOUBLE PRECISION NOT NULL,
    refusing DOUBLE PRECISION NOT NULL,
    own_firmness DOUBLE PRECISION NOT NULL
);
