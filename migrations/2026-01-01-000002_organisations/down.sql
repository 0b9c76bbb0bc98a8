DROP TABLE figures;
DROP TABLE targets;
DROP TABLE indicators;
DROP TABLE cluster_members;
DROP TABLE clusters;
DROP TABLE successions;
DROP TABLE organisation_ancestors;
DROP TABLE organisations;
