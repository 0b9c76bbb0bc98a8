DROP TABLE memberships;
DROP TABLE deferrals;
DROP TABLE gifts;
DROP TABLE donors;
