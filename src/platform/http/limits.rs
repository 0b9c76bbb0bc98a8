//! Where a request really comes from, and how large it may be.
use crate::platform::App;
use actix_web::HttpRequest;
use actix_web::web::Data;
use std::net::IpAddr;

/// The client's address: the peer's, or what a trusted proxy says last about it.
pub fn address(request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else {
        return "unknown".to_owned();
    };
    let trusted = request
        .app_data::<Data<App>>()
        .map(|app| app.settings.server.trusted_proxies.as_slice());
    let trusted = trusted.unwrap_or_default();
    if !trusted.contains(&peer) {
        return peer.to_string();
    }
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    nearest_stranger(forwarded.unwrap_or_default(), trusted)
        .unwrap_or(peer)
        .to_string()
}

/// The last address of the list that is not one of our own proxies: what stands before it anyone can write.
fn nearest_stranger(forwarded: &str, trusted: &[IpAddr]) -> Option<IpAddr> {
    let addresses = forwarded
        .rsplit(',')
        .map_while(|part| part.trim().parse::<IpAddr>().ok());
    addresses
        .into_iter()
        .find(|address| !trusted.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_head_of_the_list_is_not_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let found = nearest_stranger("1.2.3.4, 198.51.100.7, 10.0.0.1", &[proxy]);
        assert_eq!(found, Some("198.51.100.7".parse().unwrap()));
        assert_eq!(nearest_stranger("nonsense", &[proxy]), None);
    }
}
