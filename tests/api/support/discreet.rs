//! What no message may say, looked for in every mail of every test: group, volume, day of giving, result, a full name;
//! and what each must: the code to check it by, and what we never ask.
use super::TestApp;
use diesel::prelude::*;
use giothong::platform::db::schema::people;
use giothong::platform::notices::SentMail;

/// Words of medicine, and groups as people write them.
const NEVER: [&str; 14] = [
    " ml",
    "nhóm máu",
    "Nhóm máu",
    "blood group",
    "Rh+",
    "Rh−",
    "Rh-",
    "A+",
    "B+",
    "O+",
    "A−",
    "B−",
    "O−",
    "HIV",
];
const CODE: [&str; 2] = ["Mã kiểm tra thư: ", "Check code: "];
const WARNING: [&str; 2] = [
    "Chúng tôi không bao giờ báo kết quả",
    "We never give test results",
];

impl TestApp {
    /// Fails when a mail says what it must not, or lacks what it must have.
    pub async fn look_at_mails(&self) {
        let mails = self.mails();
        if mails.is_empty() {
            return;
        }
        let names: Vec<String> = self
            .rows(|conn| {
                people::table
                    .filter(people::erased_at.is_null())
                    .select(people::name)
                    .distinct()
                    .limit(500)
                    .load(conn)
            })
            .await;
        let full = |name: &&String| name.split_whitespace().count() > 1;
        let names: Vec<&String> = names.iter().filter(full).collect();
        for mail in &mails {
            look_at(mail, &names);
        }
    }
}

fn look_at(mail: &SentMail, names: &[&String]) {
    let (words, foot) = mail
        .text
        .rsplit_once("\n-- \n")
        .unwrap_or_else(|| panic!("no foot: {}", mail.text));
    assert!(
        CODE.iter().any(|code| foot.contains(code)),
        "no code: {foot}"
    );
    assert!(WARNING.iter().any(|words| foot.contains(words)), "{foot}");
    assert!(
        mail.html.contains(foot.lines().nth(1).unwrap()),
        "{}",
        mail.html
    );
    let said = format!("{}\n{words}", mail.subject);
    let read = without_links(&said);
    for word in NEVER {
        assert!(!read.contains(word), "{word:?} in: {said}");
    }
    for name in names {
        assert!(
            !said.contains(name.as_str()),
            "the full name {name} in: {said}"
        );
    }
}

/// A link is a long row of random letters, which may spell anything.
fn without_links(text: &str) -> String {
    let is_link = |word: &&str| word.trim_start().starts_with("http");
    text.split_inclusive([' ', '\n'])
        .filter(|word| !is_link(word))
        .collect()
}
