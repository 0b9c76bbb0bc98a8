DROP TABLE consents;
DROP TABLE contacts;
DROP TABLE people;
