//! Everything a page names is there, and comes from this service alone.
