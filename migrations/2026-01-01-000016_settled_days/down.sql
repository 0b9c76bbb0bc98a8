DROP TABLE settled_days;
DROP INDEX tallies_unsettled;
ALTER TABLE tallies DROP COLUMN is_settled;
