//! What the published sources call what they count.

const NAMES: [(&str, &str); 24] = [
    ("tet_gifts", "Suất quà Tết"),
    (
        "tet_gifts_percent_of_target",
        "Suất quà Tết so với chỉ tiêu (%)",
    ),
    ("tet_gifts_value_vnd", "Trị giá quà Tết (đồng)"),
    ("tet_value_vnd", "Trị giá hoạt động Tết (đồng)"),
    ("red_cross_houses", "Nhà Chữ thập đỏ"),
    ("red_cross_houses_started", "Nhà Chữ thập đỏ khởi công"),
    ("value_vnd", "Tổng trị giá hoạt động (đồng)"),
    ("value_growth_percent", "Tăng so với năm trước (%)"),
    ("lighting_works", "Công trình thắp sáng"),
    ("charity_markets", "Phiên chợ nhân đạo"),
    ("gifts", "Suất quà"),
    ("families_livelihood", "Gia đình được hỗ trợ sinh kế"),
    ("people_helped", "Lượt người được hưởng lợi"),
    ("health_cases", "Lượt chăm sóc sức khỏe"),
    ("health_value_vnd", "Trị giá chăm sóc sức khỏe (đồng)"),
    ("storm_gifts", "Suất quà sau bão"),
    ("storm_gifts_value_vnd", "Trị giá quà sau bão (đồng)"),
    ("humanitarian_addresses", "Địa chỉ nhân đạo"),
    ("houses_built", "Nhà xây mới"),
    ("houses_repaired", "Nhà sửa chữa"),
    ("houses_value_vnd", "Trị giá nhà ở (đồng)"),
    ("wells", "Giếng nước"),
    ("bridges", "Cầu nông thôn"),
    (
        "schools_in_campaign_percent",
        "Trường học tham gia phong trào (%)",
    ),
];

/// What the sources call these, so that a report in Vietnamese reads like theirs.
pub(super) fn vietnamese(slug: &str) -> &str {
    NAMES
        .iter()
        .find(|(known, _)| *known == slug)
        .map_or(slug, |(_, name)| name)
}
