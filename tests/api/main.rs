//! Every test that speaks to the service through HTTP, in one binary: on SQLite, or on PostgreSQL when
//! TEST_DATABASE_URL names a server.
mod contract;
mod platform;
mod support;
