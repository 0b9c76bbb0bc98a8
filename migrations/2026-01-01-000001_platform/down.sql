DROP TABLE marks;
DROP TABLE notices;
DROP TABLE jobs;
DROP TABLE idempotency_keys;
