DROP TABLE accesses;
DROP TABLE invitations;
DROP TABLE grants;
DROP TABLE tickets;
DROP TABLE sign_in_codes;
DROP TABLE refresh_tokens;
DROP TABLE sign_ins;
DROP TABLE credentials;
