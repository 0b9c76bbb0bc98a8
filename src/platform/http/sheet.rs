//! Pages that work without JavaScript: what a link in a message opens, and the buttons that act.
use crate::platform::App;
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;

/// One page: words, facts, and perhaps buttons. Opening it never acts.
#[derive(Debug, Template)]
#[template(path = "sheet.html")]
pub struct Sheet {
    language: &'static str,
    site: String,
    title: String,
    paragraphs: Vec<String>,
    facts: Vec<(String, String)>,
    forms: Vec<Form>,
    actions: Vec<(String, String)>,
    links: Vec<(String, String)>,
    picture: String,
    tongue: Language,
}

/// Fields and buttons that post to `action`.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// A path of this site.
    pub action: String,
    /// What stands above it; empty for nothing.
    pub heading: String,
    /// What is said under the heading; empty for nothing.
    pub note: String,
    /// What the person types.
    pub fields: Vec<Field>,
    /// What the person presses.
    pub buttons: Vec<Button>,
}

/// Something to type; always required.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Its HTML type: `date`, `text`.
    pub kind: &'static str,
    /// What stands above it.
    pub label: String,
    /// What stands in it at first.
    pub value: String,
}

/// Something to press.
#[derive(Debug, Clone)]
pub struct Button {
    /// Its name in the form.
    pub name: &'static str,
    /// What pressing it says.
    pub value: String,
    /// What stands on it.
    pub label: String,
    /// `first` for what most people want, `second` for the rest.
    pub style: &'static str,
}

impl Sheet {
    /// A page with this heading.
    pub fn new(app: &App, language: Language, title: impl Into<Phrase>) -> Self {
        Self {
            language: language.code(),
            site: app.settings.site.name.clone(),
            title: say(language, &title.into()),
            paragraphs: Vec::new(),
            facts: Vec::new(),
            forms: Vec::new(),
            actions: Vec::new(),
            links: Vec::new(),
            picture: app.link("/app/icons/512.png"),
            tongue: language,
        }
    }

    /// Another picture for previews in chats: its whole address.
    #[must_use]
    pub fn picture(mut self, address: String) -> Self {
        self.picture = address;
        self
    }

    /// What a link opens that is over, or was never ours.
    pub fn dead_link(app: &App, language: Language) -> Self {
        Self::new(app, language, keys::LINK_DEAD_TITLE)
            .tell(keys::LINK_DEAD_TEXT)
            .link(keys::LINK_DEAD_SITE, "/")
    }

    /// One more paragraph.
    #[must_use]
    pub fn tell(mut self, words: impl Into<Phrase>) -> Self {
        self.paragraphs.push(say(self.tongue, &words.into()));
        self
    }

    /// One more fact: what it is, and how it stands.
    #[must_use]
    pub fn fact(mut self, name: impl Into<Phrase>, value: impl Into<String>) -> Self {
        self.facts
            .push((say(self.tongue, &name.into()), value.into()));
        self
    }

    /// One more form.
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.forms.push(form);
        self
    }

    /// What most people want to do next, elsewhere on this site.
    #[must_use]
    pub fn action(mut self, label: impl Into<Phrase>, address: impl Into<String>) -> Self {
        self.actions
            .push((say(self.tongue, &label.into()), address.into()));
        self
    }

    /// One more link.
    #[must_use]
    pub fn link(mut self, label: impl Into<Phrase>, address: impl Into<String>) -> Self {
        self.links
            .push((say(self.tongue, &label.into()), address.into()));
        self
    }

    /// The page as an answer.
    pub fn respond(self) -> Result<HttpResponse, Problem> {
        let html = self.render().map_err(Problem::internal)?;
        let mut answer = HttpResponse::Ok();
        answer.insert_header((header::CONTENT_LANGUAGE, self.language));
        Ok(answer.content_type("text/html; charset=utf-8").body(html))
    }
}
