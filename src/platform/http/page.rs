//! Lists: a page at a time, by what stands last on the page before, never by counting rows.
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

const DEFAULT: i64 = 50;
const MOST: i64 = 200;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Paged<T> {
    /// What is on this page, in the list's order.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null on the last.
    pub next: Option<String>,
}

/// Which page is asked for: after the row whose sort key is `K`.
#[derive(Debug, Clone)]
pub struct Page<K> {
    /// The sort key of the last row of the page before.
    pub after: Option<K>,
    /// Rows on a page, 1 to 200.
    pub limit: i64,
}

impl<K: Serialize + DeserializeOwned> Page<K> {
    /// Reads `limit` and `after` of a query.
    pub fn of(limit: Option<i64>, after: Option<&str>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(DEFAULT);
        if !(1..=MOST).contains(&limit) {
            let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
                .with("min", 1)
                .with("max", MOST);
            return Err(Problem::field("limit", phrase));
        }
        Ok(Self {
            after: after.map(decode).transpose()?,
            limit,
        })
    }

    /// How many rows to load: one more than the page holds tells whether there is another.
    pub fn reach(&self) -> i64 {
        self.limit + 1
    }

    /// Cuts loaded rows to the page and makes the cursor from the last one's key.
    pub fn cut<R>(&self, mut rows: Vec<R>, key: impl Fn(&R) -> K) -> Paged<R> {
        let size = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next = rows
            .last()
            .filter(|_| has_more)
            .map(|last| encode(&key(last)));
        Paged { items: rows, next }
    }
}

impl<T> Paged<T> {
    /// The same page, each row as a client sees it.
    pub fn map<V>(self, view: impl FnMut(T) -> V) -> Paged<V> {
        Paged {
            items: self.items.into_iter().map(view).collect(),
            next: self.next,
        }
    }
}

fn encode<K: Serialize>(key: &K) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let key = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    key.ok_or_else(|| (&Kind::STALE_CURSOR).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_of_a_full_page_leads_to_the_next_and_the_last_page_has_none() {
        let page = Page::<u32>::of(Some(2), None).unwrap();
        let first = page.cut(vec![1, 2, 3], |n| *n);
        assert_eq!(first.items, [1, 2]);
        let next = Page::<u32>::of(Some(2), first.next.as_deref()).unwrap();
        assert_eq!(next.after, Some(2));
        assert_eq!(next.cut(vec![3], |n| *n).next, None);
    }

    #[test]
    fn a_cursor_made_by_hand_is_refused() {
        assert_eq!(
            Page::<u32>::of(None, Some("abc")).unwrap_err().kind().slug,
            "stale-cursor"
        );
    }
}
