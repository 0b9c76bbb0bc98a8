DROP TABLE asks;
DROP TABLE call_changes;
DROP TABLE calls;
