-- How often and when last somebody gave is read for hundreds of donors at once, when a call chooses whom to ask: from the
-- index alone.
DROP INDEX gifts_by_person;
CREATE INDEX gifts_by_person ON gifts (person, given_on, id, voided_at);

-- Nothing writes this state any more.
DROP INDEX notice_changes_used;
