DROP TABLE questionnaires;
DROP TABLE registrations;
DROP TABLE holds;
