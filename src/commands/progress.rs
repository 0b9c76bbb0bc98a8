//! Tells how far a long command is: silent for two seconds, then a bar on standard error.
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a command may be silent.
const SILENCE: Duration = Duration::from_secs(2);
/// How often the bar moves.
const STEP: Duration = Duration::from_millis(200);

/// Counts what a command has done: rows of a file, people of a demo.
pub struct Progress {
    bar: ProgressBar,
    since: Instant,
}

impl Progress {
    /// Nothing of `total` is done yet.
    pub fn of(total: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        bar.set_style(style("{bar:32} {human_pos} / {human_len}, {eta} left"));
        Self {
            bar,
            since: Instant::now(),
        }
    }

    /// So many more are done.
    pub fn advance(&self, done: u64) {
        if self.bar.is_hidden() && self.since.elapsed() >= SILENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Does `work`, and after two seconds shows how many bytes of `total` are `written`.
pub(super) fn watch<T: Send>(
    total: u64,
    written: impl Fn() -> u64,
    work: impl FnOnce() -> T + Send,
) -> std::thread::Result<T> {
    std::thread::scope(|scope| {
        let (sender, finished) = channel::<()>();
        let worker = scope.spawn(move || {
            let _told_by_its_end = sender;
            work()
        });
        if let Err(RecvTimeoutError::Timeout) = finished.recv_timeout(SILENCE) {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            bar.set_style(style("{bar:32} {bytes} / {total_bytes}"));
            while let Err(RecvTimeoutError::Timeout) = finished.recv_timeout(STEP) {
                bar.set_position(written());
            }
            bar.finish_and_clear();
        }
        worker.join()
    })
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_unknown| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_answers_and_its_panic_is_told() {
        assert_eq!(watch(1, || 0, || 7).unwrap(), 7);
        assert!(watch(1, || 0, || panic!("on purpose")).is_err());
    }

    #[test]
    fn a_short_command_shows_nothing() {
        let progress = Progress::of(10);
        progress.advance(10);
        assert!(progress.bar.is_hidden());
    }
}
