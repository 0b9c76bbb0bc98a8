//! What every subject stands on; knows nothing about blood.
