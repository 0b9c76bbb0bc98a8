DROP TABLE registrations;
DROP TABLE holds;
