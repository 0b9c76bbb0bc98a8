//! Blood groups, components and unit numbers.
