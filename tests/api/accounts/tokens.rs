//! Access tokens that are not ours.
use crate::support::{Actor, TestApp};
use giothong::platform::id::PersonId;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

fn signed(algorithm: Algorithm, (typ, kid): (&str, &str), claims: &Value, key: &[u8]) -> String {
    let mut header = Header::new(algorithm);
    header.typ = Some(typ.to_owned());
    header.kid = Some(kid.to_owned());
    encode(&header, claims, &EncodingKey::from_secret(key)).unwrap()
}

fn part(token: &str, at: usize) -> Value {
    use base64::Engine;
    let part = token.split('.').nth(at).unwrap();
    serde_json::from_slice(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(part)
            .unwrap(),
    )
    .unwrap()
}

fn encoded(part: &Value) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(part.to_string())
}

#[actix_web::test]
async fn forged_tokens_let_nobody_in() {
    let app = TestApp::new().await;
    let tam = app.donor("Lê Văn Tám").await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let real = tam.token().unwrap().to_owned();
    let (header, claims) = (part(&real, 0), part(&real, 1));
    let (ours, key) = (("at+jwt", "1"), app.app.keys.jwt_secret().to_vec());
    let with = |name: &str, value: Value| {
        let mut other = claims.clone();
        other[name] = value;
        signed(Algorithm::HS256, ours, &other, &key)
    };
    let changed = |part: &str| real.replacen(real.split('.').nth(1).unwrap(), part, 1);
    let mut other_person = claims.clone();
    other_person["sub"] = json!(hoa.id());
    let mut none = header.clone();
    none["alg"] = json!("none");
    let now = app.app.now().timestamp();
    let forged = [
        (
            "alg none",
            format!("{}.{}.", encoded(&none), encoded(&claims)),
        ),
        (
            "alg none, signature kept",
            real.replacen(real.split('.').next().unwrap(), &encoded(&none), 1),
        ),
        (
            "another algorithm",
            signed(Algorithm::HS512, ours, &claims, &key),
        ),
        (
            "a foreign key",
            signed(Algorithm::HS256, ours, &claims, &[7; 32]),
        ),
        ("a changed payload", changed(&encoded(&other_person))),
        (
            "another kind",
            signed(Algorithm::HS256, ("JWT", "1"), &claims, &key),
        ),
        (
            "another key id",
            signed(Algorithm::HS256, ("at+jwt", "2"), &claims, &key),
        ),
        ("another's sign-in", with("sub", json!(hoa.id()))),
        ("another issuer", with("iss", json!("elsewhere"))),
        (
            "another site",
            with("aud", json!("https://elsewhere.example")),
        ),
        ("expired", with("exp", json!(now))),
        ("not yet issued", with("iat", json!(now + 3600))),
        ("an older epoch", with("epoch", json!(-1))),
        (
            "an unknown sign-in",
            with("sid", json!(PersonId(uuid::Uuid::nil()))),
        ),
        ("half of it", real[..real.len() / 2].to_owned()),
        ("nothing", String::new()),
    ];
    for (what, token) in forged {
        let reply = Actor::known(&app, tam.id(), token).get("/me").await;
        assert_eq!(reply.status, 401, "{what}");
        reply.refused("unauthenticated");
    }
    let same = signed(Algorithm::HS256, ours, &claims, &key);
    Actor::known(&app, tam.id(), same).get("/me").await.ok();
}
