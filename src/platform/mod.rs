//! What every subject stands on; knows nothing about blood.
pub mod app;
pub mod clock;
pub mod config;
pub mod db;
pub mod fold;
pub mod gates;
pub mod grid;
pub mod http;
pub mod id;
pub mod jobs;
pub mod language;
pub mod marks;
pub mod notices;
pub mod problem;
pub mod seal;
pub mod text;

pub use app::App;
