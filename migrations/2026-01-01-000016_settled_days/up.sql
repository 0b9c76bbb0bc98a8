-- Whether this row is in the sums of its day below. Whoever changes a row says that it is not, in the same statement.
ALTER TABLE tallies ADD COLUMN is_settled BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX tallies_unsettled ON tallies (held_on) WHERE NOT is_settled;

-- Sums of a whole day, of all drives and bodies together: a nation's year is 365 rows. They hold while every tally of the
-- day is settled.
CREATE TABLE settled_days (
    held_on DATE NOT NULL PRIMARY KEY,
    drives BIGINT NOT NULL,
    registered BIGINT NOT NULL,
    attended BIGINT NOT NULL,
    collected BIGINT NOT NULL,
    emergency BIGINT NOT NULL,
    safe BIGINT NOT NULL,
    ml BIGINT NOT NULL,
    ml350plus BIGINT NOT NULL,
    first_time BIGINT NOT NULL
);
