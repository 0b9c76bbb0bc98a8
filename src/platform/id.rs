//! Identifiers: version 7, so that rows made one after another lie side by side.
use super::clock::Moment;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use uuid::{Builder, ContextV7, Timestamp, Uuid};

/// Where new identifiers come from: chance in service, counting in tests.
#[derive(Debug)]
pub enum Ids {
    /// Random tails.
    Random,
    /// 1, 2, 3 … as the tail, so that a test can name what it will meet.
    Counting(AtomicU64),
}

impl Ids {
    /// A new identifier of version 7 for something that happens at `now`.
    pub fn next(&self, now: Moment) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        match self {
            Ids::Random => in_order(
                millis / 1000,
                u32::try_from(millis % 1000).unwrap_or_default() * 1_000_000,
            ),
            Ids::Counting(count) => {
                let tail = u128::from(count.fetch_add(1, Ordering::Relaxed)).to_be_bytes();
                let mut random = [0; 10];
                random.copy_from_slice(tail.get(6..).unwrap_or(&[0; 10]));
                Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
            }
        }
    }
}

/// Counts within a millisecond, so that what one unit of work writes sorts as it was written.
static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

fn in_order(seconds: u64, nanos: u32) -> Uuid {
    let order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(Timestamp::from_unix(&*order, seconds, nanos))
}

/// Declares identifier types: `ids! { /// Names a drive. DriveId }`. Kept as `Uid`, on the wire a UUID.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[serde(transparent)]
        #[schema(value_type = uuid::Uuid)]
        #[diesel(sql_type = $crate::platform::db::Uid)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
        impl<DB> diesel::serialize::ToSql<$crate::platform::db::Uid, DB> for $name
        where
            DB: diesel::backend::Backend,
            uuid::Uuid: diesel::serialize::ToSql<$crate::platform::db::Uid, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }
        impl<DB> diesel::deserialize::FromSql<$crate::platform::db::Uid, DB> for $name
        where
            DB: diesel::backend::Backend,
            uuid::Uuid: diesel::deserialize::FromSql<$crate::platform::db::Uid, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                uuid::Uuid::from_sql(value).map(Self)
            }
        }
    )+ };
}

ids! {
    /// Names a person, whoever they are to us: donor, staff or both.
    PersonId,
    /// Names a body of the tree.
    OrganisationId,
    /// Names one sign-in on one device.
    SignInId,
    /// Names a drive.
    DriveId,
    /// Names anything, where the kind is told by what stands beside it.
    AnyId,
}
