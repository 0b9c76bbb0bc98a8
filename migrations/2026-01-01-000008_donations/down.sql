DROP TABLE declared_counts;
DROP TABLE donation_changes;
DROP TABLE donations;
DROP TABLE screenings;
