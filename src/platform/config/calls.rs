//! The settings of emergency calls; `config/default.toml` says what each is for.
use serde::{Deserialize, Serialize};

/// Whom an emergency call asks.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    pub within_km: f64,
    pub near_km: f64,
    pub rest_days: i64,
    pub asks_per_quarter: u32,
    pub horizon_hours: i64,
    pub testing_hours: i64,
    pub verify_minutes: i64,
    pub rare_factor: usize,
    pub reserve_cover: usize,
    pub waves: Waves,
}

/// How many donors a wave asks, and how long it is waited for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Waves {
    pub fill_chance: f64,
    pub counted: u32,
    pub reserve_chance: f64,
    pub others_chance: f64,
    pub believed_answers: f64,
    pub alike_answers: f64,
    pub own_answers: f64,
    pub answer_minutes: f64,
    pub answer_shape: f64,
    pub memory_days: i64,
    pub travel_kmh: f64,
    pub preparation_minutes: i64,
    pub longest_minutes: i64,
    pub shortest_minutes: i64,
}
