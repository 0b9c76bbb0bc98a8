DROP TABLE tallies;
DROP TABLE slots;
DROP TABLE sessions;
DROP TABLE drive_programmes;
DROP TABLE drives;
DROP TABLE programmes;
