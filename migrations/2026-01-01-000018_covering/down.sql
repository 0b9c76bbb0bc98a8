CREATE UNIQUE INDEX notice_changes_used ON notice_changes (notice, detail) WHERE state = 'used';
DROP INDEX gifts_by_person;
CREATE INDEX gifts_by_person ON gifts (person, given_on, id);
