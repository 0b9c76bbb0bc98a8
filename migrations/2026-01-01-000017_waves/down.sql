DROP TABLE answer_delays;
DROP TABLE answer_rates;
ALTER TABLE asks DROP COLUMN habit;
