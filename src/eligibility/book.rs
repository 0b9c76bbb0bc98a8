//! The rule sets at hand: those compiled in and those a server adds, each from one file.
use chrono::NaiveDate;
use toml::Table;

use super::RuleSet;

/// Every rule set of one country, national and of facilities.
#[derive(Debug, Clone)]
pub struct RuleBook {
    country: String,
    pages: Vec<Page>,
}

#[derive(Debug, Clone)]
struct Page {
    text: Table,
    set: RuleSet,
}

/// Why a rule file cannot be used, or no rules can be given.
#[derive(Debug, thiserror::Error)]
pub enum RuleSetError {
    /// No TOML, an unknown or missing key, or a value that makes no sense.
    #[error("the rule set cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// A limit that nobody could keep, or an id that is no slug.
    #[error("the rule set {id} is wrong: {why}")]
    Wrong {
        /// The id in the file.
        id: String,
        /// What is wrong, in English.
        why: &'static str,
    },
    /// Two files with one id.
    #[error("there is already a rule set {0}")]
    Twice(String),
    /// The id of no file, in a facility's settings or after `extends`.
    #[error("there is no rule set {0}")]
    Unknown(String),
    /// A facility may be stricter than the set it extends, never looser.
    #[error("the rule set {0} is looser than the one it extends")]
    Looser(String),
    /// No national set holds on that day.
    #[error("no national rule set is in force on {0}")]
    NoneInForce(NaiveDate),
}

const COMPILED_IN: [&str; 2] = [
    include_str!("../../config/eligibility/vn-2013.toml"),
    include_str!("../../config/eligibility/facility-plasma-21.toml"),
];

impl RuleBook {
    /// The sets that come with the program, for a country such as `VN`.
    pub fn compiled_in(country: &str) -> Result<Self, RuleSetError> {
        let mut book = Self {
            country: country.to_owned(),
            pages: Vec::new(),
        };
        COMPILED_IN
            .into_iter()
            .try_for_each(|text| book.add(text))?;
        Ok(book)
    }

    /// Adds the text of one more file; one that `extends` another says only what differs and comes after it.
    pub fn add(&mut self, text: &str) -> Result<(), RuleSetError> {
        let own = text.parse::<Table>()?;
        let base = self.base_of(&own)?;
        let text = base.map_or_else(
            || own.clone(),
            |page| merged(without_about(&page.text), own.clone()),
        );
        let set = text.clone().try_into::<RuleSet>()?.without_implied();
        self.check(&set, base)?;
        self.pages.push(Page { text, set });
        Ok(())
    }

    /// The set with this id.
    pub fn find(&self, id: &str) -> Result<&RuleSet, RuleSetError> {
        self.page(id).map(|page| &page.set)
    }

    /// The ids of all sets, in the order in which they were added.
    pub fn ids(&self) -> Vec<&str> {
        self.pages.iter().map(|page| page.set.id()).collect()
    }

    /// The newest national set that holds on that day.
    pub fn national_on(&self, on: NaiveDate) -> Result<&RuleSet, RuleSetError> {
        self.pages
            .iter()
            .map(|page| &page.set)
            .filter(|set| set.about.extends.is_none() && set.about.country == self.country)
            .filter(|set| set.valid_from() <= on)
            .max_by_key(|set| set.valid_from())
            .ok_or(RuleSetError::NoneInForce(on))
    }

    /// The rules that apply on that day where this facility collects: the stricter of the nation's and its own, if it has a
    /// set that already holds.
    pub fn applying(
        &self,
        facility_set: Option<&str>,
        on: NaiveDate,
    ) -> Result<RuleSet, RuleSetError> {
        let national = self.national_on(on)?;
        let facility = facility_set.map(|id| self.find(id)).transpose()?;
        Ok(match facility.filter(|set| set.valid_from() <= on) {
            Some(set) => national.stricter(set),
            None => national.clone(),
        })
    }

    fn page(&self, id: &str) -> Result<&Page, RuleSetError> {
        self.pages
            .iter()
            .find(|page| page.set.id() == id)
            .ok_or_else(|| RuleSetError::Unknown(id.to_owned()))
    }

    fn base_of(&self, own: &Table) -> Result<Option<&Page>, RuleSetError> {
        let extends = own
            .get("about")
            .and_then(|about| about.get("extends"))
            .and_then(toml::Value::as_str);
        extends.map(|id| self.page(id)).transpose()
    }

    fn check(&self, set: &RuleSet, base: Option<&Page>) -> Result<(), RuleSetError> {
        let id = set.id().to_owned();
        if self.page(&id).is_ok() {
            return Err(RuleSetError::Twice(id));
        }
        if let Some(why) = set.fault() {
            return Err(RuleSetError::Wrong { id, why });
        }
        if base.is_some_and(|page| !set.is_within(&page.set)) {
            return Err(RuleSetError::Looser(id));
        }
        Ok(())
    }
}

fn without_about(text: &Table) -> Table {
    let mut rules = text.clone();
    rules.remove("about");
    rules
}

/// Tables go into each other key by key; any other value replaces the one below.
fn merged(mut below: Table, above: Table) -> Table {
    for (key, value) in above {
        let value = match (below.remove(&key), value) {
            (Some(toml::Value::Table(lower)), toml::Value::Table(upper)) => {
                merged(lower, upper).into()
            }
            (_, value) => value,
        };
        below.insert(key, value);
    }
    below
}
