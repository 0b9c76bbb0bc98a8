DROP INDEX notices_by_settling;
ALTER TABLE organisations DROP COLUMN reaction_phone;
DROP TABLE used_links;
DROP TABLE reminder_pauses;
