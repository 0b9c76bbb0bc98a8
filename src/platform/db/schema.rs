//! Every table as diesel sees it; a contract test compares this file with both databases.
//! Written by hand: own types, and one file for two engines.

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::platform::db::{JsonDoc, Ts, Uid};
    idempotency_keys (person, route, key) {
        person -> Uid,
        route -> Text,
        key -> Text,
        body_hash -> Text,
        status -> Integer,
        answer -> JsonDoc,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{JsonDoc, Ts, Uid};
    jobs (id) {
        id -> Uid,
        kind -> Text,
        unique_key -> Nullable<Text>,
        payload -> JsonDoc,
        state -> Text,
        due_at -> Ts,
        tries -> Integer,
        last_error -> Nullable<Text>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, SmallInt, Text};
    use crate::platform::db::{JsonDoc, Ts, Uid};
    notices (id) {
        id -> Uid,
        kind -> Text,
        person -> Uid,
        about -> Text,
        data -> JsonDoc,
        secret -> Nullable<Text>,
        state -> Text,
        due_at -> Ts,
        expires_at -> Ts,
        tries -> Integer,
        last_error -> Nullable<Text>,
        created_at -> Ts,
        settled_at -> Nullable<Ts>,
        purpose -> Text,
        urgency -> SmallInt,
        channel -> Nullable<Text>,
        code -> Nullable<Text>,
        reason -> Nullable<Text>,
        said -> Nullable<JsonDoc>,
        cost -> Integer,
        read_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    notice_changes (id) {
        id -> Uid,
        notice -> Uid,
        state -> Text,
        channel -> Nullable<Text>,
        detail -> Nullable<Text>,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::Ts;
    stops (lookup, purpose) {
        lookup -> Text,
        purpose -> Text,
        reason -> Text,
        stopped_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    contact_wishes (person) {
        person -> Uid,
        channel -> Nullable<Text>,
        nights -> Bool,
        time_zone -> Nullable<Text>,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    push_subscriptions (id) {
        id -> Uid,
        person -> Uid,
        lookup -> Text,
        sealed -> Text,
        waits_until -> Nullable<Ts>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::platform::db::Ts;
    channel_uses (channel, span, starts_at) {
        channel -> Text,
        span -> Text,
        starts_at -> Ts,
        used -> Integer,
        cost -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable};
    use crate::platform::db::{Ts, Uid};
    relay_items (id) {
        id -> Uid,
        club -> Uid,
        person -> Uid,
        made_on -> Date,
        created_at -> Ts,
        done_at -> Nullable<Ts>,
        done_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    marks (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Double, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    organisations (id) {
        id -> Uid,
        kind -> Text,
        name -> Text,
        search_name -> Text,
        code -> Nullable<Text>,
        parent -> Nullable<Uid>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        brand -> Nullable<Text>,
        rule_set -> Nullable<Text>,
        reaction_phone -> Nullable<Text>,
        is_trusted -> Bool,
        rh_negative -> Nullable<Text>,
        is_illustrative -> Bool,
        created_at -> Ts,
        duty_phone -> Nullable<Text>,
        testing_minutes -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::platform::db::Uid;
    organisation_ancestors (descendant, ancestor) {
        descendant -> Uid,
        ancestor -> Uid,
        depth -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Text};
    use crate::platform::db::{Ts, Uid};
    successions (id) {
        id -> Uid,
        predecessor -> Uid,
        successor -> Uid,
        kind -> Text,
        happened_on -> Date,
        share -> Integer,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    clusters (id) {
        id -> Uid,
        name -> Text,
        organisation -> Uid,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{};
    use crate::platform::db::Uid;
    cluster_members (cluster, organisation) {
        cluster -> Uid,
        organisation -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    indicators (slug) {
        slug -> Text,
        name_vi -> Text,
        name_en -> Text,
        unit -> Text,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Double, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    targets (id) {
        id -> Uid,
        organisation -> Uid,
        indicator -> Text,
        from_on -> Date,
        to_on -> Date,
        value -> Double,
        kind -> Text,
        assigned_by -> Nullable<Uid>,
        exactness -> Text,
        source -> Nullable<Text>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Double, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    figures (id) {
        id -> Uid,
        organisation -> Nullable<Uid>,
        cluster -> Nullable<Uid>,
        indicator -> Text,
        from_on -> Date,
        to_on -> Date,
        value -> Double,
        exactness -> Text,
        source -> Nullable<Text>,
        note -> Nullable<Text>,
        signed_at -> Nullable<Ts>,
        signed_by -> Nullable<Uid>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Double, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    people (id) {
        id -> Uid,
        name -> Text,
        search_name -> Text,
        birth_date -> Nullable<Date>,
        sex -> Nullable<Text>,
        language -> Text,
        commune -> Nullable<Uid>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        cell -> Nullable<Integer>,
        address_sealed -> Nullable<Text>,
        citizen_lookup -> Nullable<Text>,
        claimed_at -> Nullable<Ts>,
        erased_at -> Nullable<Ts>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    contacts (id) {
        id -> Uid,
        person -> Uid,
        kind -> Text,
        sealed -> Text,
        lookup -> Text,
        is_own -> Bool,
        verified_at -> Nullable<Ts>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    consents (id) {
        id -> Uid,
        person -> Uid,
        purpose -> Text,
        is_granted -> Bool,
        text_version -> Text,
        source -> Text,
        recorded_by -> Nullable<Uid>,
        form -> Nullable<Text>,
        given_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    programmes (id) {
        id -> Uid,
        name -> Text,
        search_name -> Text,
        edition -> Integer,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable, Text};
    use crate::platform::db::{JsonDoc, Ts, Uid};
    drives (id) {
        id -> Uid,
        organiser -> Uid,
        collected_by -> Nullable<Uid>,
        kind -> Text,
        name -> Text,
        search_name -> Text,
        target_units -> Nullable<Integer>,
        state -> Text,
        main_programme -> Nullable<Uid>,
        time_zone -> Text,
        starts_on -> Date,
        ends_on -> Date,
        is_hidden -> Bool,
        opening -> Nullable<JsonDoc>,
        created_at -> Ts,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::platform::db::Uid;
    drive_programmes (drive, programme) {
        drive -> Uid,
        programme -> Uid,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Double, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    sessions (id) {
        id -> Uid,
        drive -> Uid,
        place -> Text,
        address -> Text,
        commune -> Nullable<Uid>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        cell -> Nullable<Integer>,
        held_on -> Date,
        starts_at -> Ts,
        ends_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::platform::db::{Ts, Uid};
    slots (id) {
        id -> Uid,
        session -> Uid,
        drive -> Uid,
        starts_at -> Ts,
        capacity -> Integer,
        taken -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};
    use crate::platform::db::Uid;
    tallies (drive, held_on, body, kind) {
        drive -> Uid,
        held_on -> Date,
        body -> Uid,
        kind -> Text,
        month -> Integer,
        organiser -> Uid,
        programme -> Nullable<Uid>,
        registered -> Integer,
        attended -> Integer,
        collected -> Integer,
        safe -> Integer,
        ml -> BigInt,
        ml350plus -> Integer,
        first_time -> Integer,
        is_settled -> Bool,
    }
}

diesel::table! {
    settled_days (held_on) {
        held_on -> Date,
        drives -> BigInt,
        registered -> BigInt,
        attended -> BigInt,
        collected -> BigInt,
        emergency -> BigInt,
        safe -> BigInt,
        ml -> BigInt,
        ml350plus -> BigInt,
        first_time -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{Ts, Uid};
    credentials (person) {
        person -> Uid,
        password_hash -> Text,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    sign_ins (id) {
        id -> Uid,
        person -> Uid,
        epoch -> Integer,
        label -> Text,
        created_at -> Ts,
        used_at -> Ts,
        idle_until -> Ts,
        ends_at -> Ts,
        revoked_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    refresh_tokens (hash) {
        hash -> Text,
        sign_in -> Uid,
        created_at -> Ts,
        spent_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    sign_in_codes (id) {
        id -> Uid,
        lookup -> Text,
        purpose -> Text,
        code_hash -> Text,
        tries -> Integer,
        expires_at -> Ts,
        used_at -> Nullable<Ts>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    tickets (hash) {
        hash -> Text,
        person -> Uid,
        expires_at -> Ts,
        used_at -> Nullable<Ts>,
        created_by -> Uid,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    grants (id) {
        id -> Uid,
        person -> Uid,
        role -> Text,
        organisation -> Nullable<Uid>,
        drive -> Nullable<Uid>,
        until -> Nullable<Ts>,
        granted_by -> Nullable<Uid>,
        created_at -> Ts,
        revoked_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    invitations (hash) {
        hash -> Text,
        role -> Text,
        organisation -> Nullable<Uid>,
        drive -> Nullable<Uid>,
        until -> Nullable<Ts>,
        places -> Integer,
        used -> Integer,
        expires_at -> Ts,
        created_by -> Uid,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    accesses (id) {
        id -> Uid,
        actor -> Uid,
        person -> Uid,
        act -> Text,
        reason -> Nullable<Text>,
        happened_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Double, Integer, Nullable, SmallInt, Text};
    use crate::platform::db::{Ts, Uid};
    donors (person) {
        person -> Uid,
        blood_group -> Nullable<Text>,
        blood -> SmallInt,
        group_certainty -> Text,
        available_from -> Date,
        available_until -> Nullable<Date>,
        opted_in -> Bool,
        wants_reminders -> Bool,
        cell -> Integer,
        latitude -> Double,
        longitude -> Double,
        last_asked_on -> Date,
        gifts -> Integer,
        main_club -> Nullable<Uid>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    gifts (id) {
        id -> Uid,
        person -> Uid,
        component -> Text,
        given_on -> Date,
        source -> Text,
        donation -> Nullable<Uid>,
        place -> Nullable<Text>,
        created_by -> Nullable<Uid>,
        created_at -> Ts,
        voided_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    deferrals (id) {
        id -> Uid,
        person -> Uid,
        reason_sealed -> Text,
        event_on -> Date,
        until -> Nullable<Date>,
        drive -> Nullable<Uid>,
        registration -> Nullable<Uid>,
        decided_by -> Uid,
        created_at -> Ts,
        lifted_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable};
    use crate::platform::db::Uid;
    memberships (club, person) {
        club -> Uid,
        person -> Uid,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        added_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable};
    use crate::platform::db::{Ts, Uid};
    holds (id) {
        id -> Uid,
        drive -> Uid,
        slot -> Uid,
        organisation -> Uid,
        places -> Integer,
        named -> Integer,
        release_at -> Ts,
        released_at -> Nullable<Ts>,
        created_by -> Uid,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    registrations (id) {
        id -> Uid,
        drive -> Uid,
        session -> Uid,
        slot -> Nullable<Uid>,
        person -> Uid,
        state -> Text,
        mobilised_by -> Uid,
        hold -> Nullable<Uid>,
        is_walk_in -> Bool,
        held_on -> Date,
        offered_until -> Nullable<Ts>,
        checked_in_at -> Nullable<Ts>,
        created_by -> Uid,
        created_at -> Ts,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{Ts, Uid};
    questionnaires (registration) {
        registration -> Uid,
        person -> Uid,
        version -> Text,
        answers_sealed -> Text,
        answered_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{Ts, Uid};
    spoken_codes (id) {
        id -> Uid,
        person -> Uid,
        staff -> Uid,
        code_sealed -> Text,
        expires_at -> Ts,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    screenings (id) {
        id -> Uid,
        registration -> Uid,
        findings_sealed -> Text,
        decision -> Text,
        screened_by -> Uid,
        screened_at -> Ts,
        voided_at -> Nullable<Ts>,
        created_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    donations (id) {
        id -> Uid,
        registration -> Uid,
        drive -> Uid,
        person -> Uid,
        organiser -> Uid,
        mobilised_by -> Uid,
        held_on -> Date,
        kind -> Text,
        component -> Text,
        volume_ml -> Integer,
        bag_ml -> Nullable<Integer>,
        blood_group -> Nullable<Text>,
        unit_number -> Nullable<Text>,
        unit_key -> Nullable<Text>,
        certificate_serial -> Nullable<Text>,
        is_complete -> Bool,
        is_first_time -> Bool,
        result -> Nullable<Text>,
        collected_at -> Ts,
        recorded_by -> Uid,
        voided_at -> Nullable<Ts>,
        created_at -> Ts,
        visit_was -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{JsonDoc, Ts, Uid};
    donation_changes (id) {
        id -> Uid,
        donation -> Uid,
        act -> Text,
        reason -> Text,
        before -> JsonDoc,
        changed_by -> Uid,
        changed_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    declared_counts (drive, mobilised_by, kind) {
        drive -> Uid,
        mobilised_by -> Uid,
        kind -> Text,
        registered -> Nullable<Integer>,
        attended -> Nullable<Integer>,
        collected -> Integer,
        safe -> Nullable<Integer>,
        ml -> Nullable<BigInt>,
        declared_by -> Uid,
        declared_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    calls (id) {
        id -> Uid,
        hospital -> Uid,
        blood_group -> Text,
        component -> Text,
        units -> Integer,
        needed_by -> Ts,
        arrive_by -> Ts,
        give_at -> Uid,
        is_widening -> Bool,
        note -> Nullable<Text>,
        state -> Text,
        drive -> Nullable<Uid>,
        slot -> Nullable<Uid>,
        requested_by -> Uid,
        created_at -> Ts,
        changed_at -> Ts,
        path -> Text,
        scope -> Text,
        paused_at -> Nullable<Ts>,
        next_wave_at -> Nullable<Ts>,
        call_back -> Nullable<Text>,
        called_back_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    call_changes (id) {
        id -> Uid,
        call -> Uid,
        state -> Text,
        note -> Nullable<Text>,
        changed_by -> Nullable<Uid>,
        changed_at -> Ts,
        act -> Text,
        amount -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Double, Integer, Nullable, SmallInt, Text};
    use crate::platform::db::{Ts, Uid};
    asks (id) {
        id -> Uid,
        call -> Uid,
        person -> Uid,
        wave -> Integer,
        distance_m -> Integer,
        answer -> Nullable<Text>,
        arriving_at -> Nullable<Ts>,
        answered_at -> Nullable<Ts>,
        registration -> Nullable<Uid>,
        created_at -> Ts,
        ring -> Text,
        chance -> Nullable<Double>,
        shows_name -> Bool,
        quiet_until -> Nullable<Date>,
        habit -> Nullable<SmallInt>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Double, SmallInt};
    answer_rates (is_reserve, habit, ring, is_night) {
        is_reserve -> Bool,
        habit -> SmallInt,
        ring -> SmallInt,
        is_night -> Bool,
        yes -> Double,
        asked -> Double,
    }
}

diesel::table! {
    use diesel::sql_types::{Double, Integer};
    use crate::platform::db::Ts;
    answer_delays (learnt_at) {
        learnt_at -> Ts,
        asks -> Integer,
        median_minutes -> Double,
        shape -> Double,
        refusing -> Double,
        own_firmness -> Double,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    call_ticks (id) {
        id -> Uid,
        call -> Uid,
        person -> Uid,
        outcome -> Text,
        note -> Nullable<Text>,
        ticked_by -> Uid,
        ticked_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable};
    use crate::platform::db::{Ts, Uid};
    reserve_pledges (club, person) {
        club -> Uid,
        person -> Uid,
        max_km -> Integer,
        nights -> Bool,
        months -> Integer,
        tested_on -> Nullable<Date>,
        pledged_at -> Ts,
        changed_by -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{JsonDoc, Ts, Uid};
    imports (id) {
        id -> Uid,
        kind -> Text,
        organisation -> Nullable<Uid>,
        drive -> Nullable<Uid>,
        name -> Nullable<Text>,
        state -> Text,
        digest -> Text,
        again_of -> Nullable<Uid>,
        sheet -> Nullable<Text>,
        heading_row -> Integer,
        headings -> JsonDoc,
        counts -> JsonDoc,
        created_by -> Uid,
        created_at -> Ts,
        expires_at -> Ts,
        applied_at -> Nullable<Ts>,
        undone_at -> Nullable<Ts>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::platform::db::{JsonDoc, Uid};
    import_rows (import, number) {
        import -> Uid,
        number -> Integer,
        verdict -> Text,
        person -> Nullable<Uid>,
        same_row -> Nullable<Integer>,
        candidates -> JsonDoc,
        remarks -> JsonDoc,
        sealed -> Nullable<Text>,
        decision -> Nullable<Text>,
        decided_person -> Nullable<Uid>,
        decided_row -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::platform::db::Uid;
    import_made (import, number) {
        import -> Uid,
        number -> Integer,
        person -> Uid,
        is_new -> Bool,
        is_joined -> Bool,
        gift -> Nullable<Uid>,
        registration -> Nullable<Uid>,
        was -> Nullable<Text>,
        donation -> Nullable<Uid>,
        deferral -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::Date;
    use crate::platform::db::{Ts, Uid};
    reminder_pauses (organisation) {
        organisation -> Uid,
        paused_until -> Date,
        paused_by -> Uid,
        paused_at -> Ts,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{Ts, Uid};
    used_links (notice, purpose) {
        notice -> Uid,
        purpose -> Text,
        registration -> Nullable<Uid>,
        used_at -> Ts,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    idempotency_keys,
    jobs,
    notices,
    notice_changes,
    stops,
    contact_wishes,
    push_subscriptions,
    channel_uses,
    relay_items,
    marks,
    organisations,
    organisation_ancestors,
    successions,
    clusters,
    cluster_members,
    indicators,
    targets,
    figures,
    people,
    contacts,
    consents,
    programmes,
    drives,
    drive_programmes,
    sessions,
    slots,
    tallies,
    settled_days,
    credentials,
    sign_ins,
    refresh_tokens,
    sign_in_codes,
    tickets,
    grants,
    invitations,
    accesses,
    spoken_codes,
    donors,
    gifts,
    deferrals,
    memberships,
    holds,
    registrations,
    questionnaires,
    screenings,
    donations,
    donation_changes,
    declared_counts,
    calls,
    call_changes,
    asks,
    answer_rates,
    answer_delays,
    call_ticks,
    reserve_pledges,
    imports,
    import_rows,
    import_made,
    reminder_pauses,
    used_links,
);
