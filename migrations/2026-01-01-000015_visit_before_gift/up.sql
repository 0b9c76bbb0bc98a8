-- How far the visit had come before the bag was recorded: where it goes back to when the bag is voided. Null for what was
-- recorded before this was kept.
ALTER TABLE donations ADD COLUMN visit_was TEXT;
