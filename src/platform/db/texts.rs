//! Enums that rows and the wire hold as words.

/// Keeps an enum as text, and gives it the text of each case and the way back:
/// `text_column! { pub Answer { Yes => "yes", No => "no" } }`. One that reads its text in its own way has `as_str` and
/// `parse` already: `text_column!(BloodGroup)`.
#[macro_export]
macro_rules! text_column {
    ($vis:vis $name:ident { $($case:ident => $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every one, in the order of the source.
            $vis const ALL: [Self; [$($text),+].len()] = [$(Self::$case),+];

            /// The text in rows and on the wire.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text),+ }
            }

            /// Reads that text back.
            $vis fn parse(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.as_str() == text)
            }
        }

        $crate::text_column!($name);
    };
    ($($name:ty),+ $(,)?) => { $(
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(self.as_str(), out)
            }
        }
        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(value)?;
                <$name>::parse(&text).ok_or_else(|| format!("an unknown {}: {text}", stringify!($name)).into())
            }
        }
        $crate::plain_column!($name, diesel::sql_types::Text);
    )+ };
}
