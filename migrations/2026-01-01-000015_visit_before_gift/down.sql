ALTER TABLE donations DROP COLUMN visit_was;
