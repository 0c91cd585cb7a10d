//! The tables, as both engines hold them. `tests/parity.rs` compares this with the migrated databases.

#![expect(missing_docs, reason = "the columns are described where they are made, in migrations/common")]

diesel::table! {
    offices (id) {
        id -> Text,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    packs (id) {
        id -> Text,
        office_id -> Text,
        kind -> Text,
        sequence -> BigInt,
        source -> Text,
        sha256 -> Text,
        loaded_at -> Timestamp,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        office_id -> Text,
        username -> Text,
        name -> Text,
        role -> Text,
        region -> Text,
        nik -> Nullable<Text>,
        family_card -> Nullable<Text>,
        password_hash -> Text,
        disabled -> Bool,
        failed_logins -> BigInt,
        locked_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        user_id -> Text,
        csrf_token -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    releases (id) {
        id -> BigInt,
        office_id -> Text,
        source -> Text,
        released_on -> Date,
        file_name -> Text,
        sha256 -> Text,
        rows_read -> BigInt,
        rows_accepted -> BigInt,
        rows_set_aside -> BigInt,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    deaths (id) {
        id -> Text,
        office_id -> Text,
        source -> Text,
        recorded_from -> Date,
        register_id -> Text,
        nik -> Nullable<Text>,
        name -> Text,
        born_on -> Nullable<Date>,
        died_on -> Nullable<Date>,
        recorded_at -> Timestamp,
        claim_code -> Text,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    residents (id) {
        id -> BigInt,
        office_id -> Text,
        source -> Text,
        release_id -> BigInt,
        register_id -> Text,
        person -> BigInt,
        seen_from -> Date,
        superseded_on -> Nullable<Date>,
        vanished_on -> Nullable<Date>,
        row_hash -> BigInt,
        nik -> Nullable<Text>,
        family_card -> Nullable<Text>,
        name -> Text,
        born_on -> Nullable<Date>,
        sex -> Nullable<Text>,
        family_role -> Text,
        occupation -> Text,
        mother -> Text,
        village -> Text,
        decile -> Nullable<BigInt>,
        programmes -> Text,
        status -> Text,
        died_on -> Nullable<Date>,
        bank -> Text,
        account -> Text,
        details -> Text,
        key_1 -> Nullable<BigInt>,
        key_2 -> Nullable<BigInt>,
        key_3 -> Nullable<BigInt>,
        key_4 -> Nullable<BigInt>,
        key_5 -> Nullable<BigInt>,
    }
}

diesel::table! {
    village_populations (office_id, village) {
        office_id -> Text,
        village -> Text,
        residents -> BigInt,
    }
}

diesel::table! {
    activities (id) {
        id -> Text,
        office_id -> Text,
        nik -> Text,
        happened_on -> Date,
        kind -> Text,
    }
}

diesel::table! {
    deadline_waivers (claim_id) {
        claim_id -> Text,
        office_id -> Text,
        waived_by -> Text,
        name -> Text,
        role -> Text,
        reason -> Text,
        waived_on -> Date,
        waived_at -> Timestamp,
    }
}

diesel::table! {
    claims (id) {
        id -> Text,
        office_id -> Text,
        code -> Text,
        idempotency_key -> Text,
        content_hash -> Text,
        version -> BigInt,
        state -> Text,
        resume_state -> Nullable<Text>,
        village -> Text,
        filed_on -> Date,
        filed_at -> Timestamp,
        filed_by -> Text,
        deceased_nik -> Nullable<Text>,
        deceased_name -> Text,
        heir_name -> Text,
        died_on -> Date,
        policy_version -> Text,
        amount -> BigInt,
        verdict -> Text,
        search_text -> Text,
        content -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    claim_keys (id) {
        id -> Text,
        office_id -> Text,
        origin -> Text,
        claim_code -> Text,
        sequence -> BigInt,
        village -> Text,
        clerk -> Text,
        filed_on -> Date,
        died_on -> Date,
        deceased_nik -> Nullable<Text>,
        deceased_register_id -> Nullable<Text>,
        deceased_name -> Text,
        deceased_name_key -> Text,
        deceased_born_on -> Nullable<Date>,
        deceased_mother -> Text,
        deceased_village -> Text,
        heir_nik -> Nullable<Text>,
        heir_name -> Text,
        heir_name_key -> Text,
        heir_phone -> Text,
        heir_outside_family -> Bool,
        account -> Text,
        withdrawn -> Bool,
        letter_number -> Text,
        letter_key -> Nullable<Text>,
        letter_year -> Nullable<BigInt>,
        letter_sequence -> Nullable<BigInt>,
        letter_on -> Nullable<Date>,
        filed_at -> Nullable<Timestamp>,
        proxy_nik -> Nullable<Text>,
    }
}

diesel::table! {
    findings (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        position -> BigInt,
        code -> Text,
        severity -> Text,
        sentence -> Text,
        claimed -> Text,
        registered -> Text,
        dataset -> Text,
        dataset_on -> Nullable<Date>,
    }
}

diesel::table! {
    claim_events (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        position -> BigInt,
        at -> Timestamp,
        actor_id -> Text,
        actor_name -> Text,
        actor_role -> Text,
        action -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
        reason -> Text,
        evidence -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        kind -> Text,
        sha256 -> Text,
        media_type -> Text,
        bytes -> BigInt,
        added_by -> Text,
        added_at -> Timestamp,
        photo -> Nullable<BigInt>,
        photo_1 -> Nullable<BigInt>,
        photo_2 -> Nullable<BigInt>,
        photo_3 -> Nullable<BigInt>,
        photo_4 -> Nullable<BigInt>,
    }
}

diesel::table! {
    budget_lines (id) {
        id -> Text,
        office_id -> Text,
        year -> BigInt,
        source -> Text,
        account_code -> Text,
        name -> Text,
        document -> Text,
        state -> Text,
        soft_limit_percent -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    budget_revisions (id) {
        id -> Text,
        office_id -> Text,
        budget_line_id -> Text,
        position -> BigInt,
        document -> Text,
        dated_on -> Date,
        change -> BigInt,
        reason -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    commitments (claim_id) {
        claim_id -> Text,
        office_id -> Text,
        budget_line_id -> Text,
        amount -> BigInt,
        committed_at -> Timestamp,
        released_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decrees (id) {
        id -> Text,
        office_id -> Text,
        budget_line_id -> Text,
        amends_id -> Nullable<Text>,
        number -> Text,
        decreed_on -> Date,
        items -> BigInt,
        total -> BigInt,
        state -> Text,
        signed_on -> Nullable<Date>,
        reason -> Text,
        formed_by -> Text,
        formed_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    decree_items (decree_id, position) {
        decree_id -> Text,
        position -> BigInt,
        claim_id -> Text,
        office_id -> Text,
        amount -> BigInt,
        change -> Text,
        struck_by -> Nullable<Text>,
    }
}

diesel::table! {
    payment_orders (id) {
        id -> Text,
        office_id -> Text,
        budget_line_id -> Text,
        kind -> Text,
        decree_id -> Nullable<Text>,
        number -> Text,
        ordered_on -> Date,
        items -> BigInt,
        total -> BigInt,
        state -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        checked_by -> Nullable<Text>,
        checked_at -> Nullable<Timestamp>,
        released_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        cancelled_by -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
        reason -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    treasury_papers (id) {
        id -> Text,
        office_id -> Text,
        order_id -> Text,
        kind -> Text,
        number -> Text,
        dated_on -> Date,
        value -> BigInt,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    payment_items (id) {
        id -> Text,
        office_id -> Text,
        order_id -> Text,
        position -> BigInt,
        claim_id -> Text,
        replaces_id -> Nullable<Text>,
        reference -> Text,
        amount -> BigInt,
        method -> Text,
        bank -> Text,
        account -> Text,
        holder -> Text,
        payee -> Text,
        receipt_number -> Text,
        state -> Text,
        paid_on -> Nullable<Date>,
        returned_on -> Nullable<Date>,
        return_code -> Text,
        evidence -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    bank_files (id) {
        id -> Text,
        office_id -> Text,
        order_id -> Text,
        profile -> Text,
        name -> Text,
        sha256 -> Text,
        items -> BigInt,
        total -> BigInt,
        made_by -> Text,
        made_at -> Timestamp,
        downloads -> BigInt,
    }
}

diesel::table! {
    ledger_entries (office_id, sequence) {
        office_id -> Text,
        sequence -> BigInt,
        budget_line_id -> Text,
        movement -> Text,
        credit_account -> Text,
        debit_account -> Text,
        amount -> BigInt,
        claim_id -> Nullable<Text>,
        item_id -> Nullable<Text>,
        corrects -> Nullable<BigInt>,
        cause -> Text,
        document -> Text,
        posted_by -> Text,
        posted_on -> Date,
        posted_at -> Timestamp,
    }
}

diesel::table! {
    ledger_balances (budget_line_id, account) {
        budget_line_id -> Text,
        account -> Text,
        office_id -> Text,
        debits -> BigInt,
        credits -> BigInt,
    }
}

diesel::table! {
    letter_sequences (office_id, kind, unit, year) {
        office_id -> Text,
        kind -> Text,
        unit -> Text,
        year -> BigInt,
        last -> BigInt,
    }
}

diesel::table! {
    letters (id) {
        id -> Text,
        office_id -> Text,
        kind -> Text,
        unit -> Text,
        year -> BigInt,
        sequence -> BigInt,
        number -> Text,
        village -> Text,
        claim_id -> Nullable<Text>,
        decree_id -> Nullable<Text>,
        order_id -> Nullable<Text>,
        content -> Text,
        pages -> BigInt,
        issued_by -> Text,
        issued_on -> Date,
        issued_at -> Timestamp,
        content_sha256 -> Text,
        emblem_sha256 -> Text,
        drawn_sha256 -> Nullable<Text>,
        code -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        office_id -> Text,
        dedupe_key -> Text,
        letter_id -> Nullable<Text>,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> BigInt,
        due_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        last_error -> Text,
        queued_at -> Timestamp,
    }
}

diesel::table! {
    audit_entries (office_id, sequence) {
        office_id -> Text,
        sequence -> BigInt,
        at -> Timestamp,
        actor_id -> Text,
        actor_name -> Text,
        actor_role -> Text,
        action -> Text,
        subject -> Text,
        details -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    tasks (id) {
        id -> Text,
        office_id -> Text,
        kind -> Text,
        subject -> Text,
        cause -> Text,
        position -> Text,
        state -> Text,
        attempts -> BigInt,
        due_at -> Timestamp,
        last_error -> Text,
        queued_at -> Timestamp,
    }
}

diesel::table! {
    payee_alerts (claim_id) {
        claim_id -> Text,
        office_id -> Text,
        found_at -> Timestamp,
        payee -> Text,
        told -> Text,
        dataset -> Text,
        dataset_on -> Nullable<Date>,
    }
}

diesel::table! {
    finding_snapshots (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        position -> BigInt,
        step -> Text,
        taken_at -> Timestamp,
        engine -> Text,
        policy_version -> Text,
        policy_sha256 -> Text,
        dataset -> Text,
        dataset_on -> Nullable<Date>,
        content -> Text,
        sha256 -> Text,
    }
}

diesel::table! {
    kept_policies (office_id, sha256) {
        office_id -> Text,
        sha256 -> Text,
        content -> Text,
    }
}

diesel::table! {
    identity_answers (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        subject_key -> Text,
        other_kind -> Text,
        other_reference -> Text,
        answer -> Text,
        reason -> Text,
        by_id -> Text,
        by_name -> Text,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    source_answers (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        source -> Text,
        who -> Text,
        question_key -> Text,
        answer -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    source_usage (office_id, source, day) {
        office_id -> Text,
        source -> Text,
        day -> Date,
        asked -> BigInt,
    }
}

diesel::table! {
    match_models (office_id) {
        office_id -> Text,
        version -> Text,
        learned_at -> Timestamp,
        row_count -> BigInt,
        content -> Text,
    }
}

diesel::table! {
    programme_periods (id) {
        id -> Text,
        office_id -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        notice -> Text,
        reason -> Text,
        suspended_by -> Text,
        suspended_at -> Timestamp,
        resumed_on -> Nullable<Date>,
        resumed_by -> Nullable<Text>,
        resumed_at -> Nullable<Timestamp>,
        resume_reason -> Text,
    }
}

diesel::table! {
    announced_revisions (office_id, year) {
        office_id -> Text,
        year -> BigInt,
        expected_on -> Date,
        added -> Nullable<BigInt>,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    year_acts (id) {
        id -> Text,
        office_id -> Text,
        year -> BigInt,
        act -> Text,
        state -> Text,
        reason -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        outcome -> Text,
    }
}

diesel::table! {
    collection_days (id) {
        id -> Text,
        office_id -> Text,
        area -> Text,
        held_on -> Date,
        opens -> Text,
        closes -> Text,
        place -> Text,
        capacity -> BigInt,
        state -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    collection_appointments (day_id, item_id) {
        day_id -> Text,
        item_id -> Text,
        office_id -> Text,
        position -> BigInt,
        village -> Text,
        outcome -> Text,
    }
}

diesel::table! {
    hand_overs (item_id) {
        item_id -> Text,
        office_id -> Text,
        day_id -> Nullable<Text>,
        receiver -> Text,
        receiver_name -> Text,
        paper -> Text,
        proxy_letter -> Text,
        mark -> Text,
        receipt_number -> Text,
        amount -> BigInt,
        photo_sha256 -> Nullable<Text>,
        photo_type -> Nullable<Text>,
        given_on -> Date,
        given_by -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    cash_entries (office_id, sequence) {
        office_id -> Text,
        sequence -> BigInt,
        kind -> Text,
        amount -> BigInt,
        balance -> BigInt,
        item_id -> Text,
        cause -> Text,
        document -> Text,
        evidence -> Text,
        booked_on -> Date,
        booked_by -> Text,
        booked_at -> Timestamp,
    }
}

diesel::table! {
    cash_counts (id) {
        id -> Text,
        office_id -> Text,
        counted_on -> Date,
        last_sequence -> BigInt,
        book -> BigInt,
        cash -> BigInt,
        in_bank -> BigInt,
        counted_by -> Text,
        counted_at -> Timestamp,
    }
}

diesel::table! {
    cash_closings (office_id, closed_on) {
        office_id -> Text,
        closed_on -> Date,
        count_id -> Text,
        explanation -> Text,
        closed_by -> Text,
        closed_at -> Timestamp,
    }
}

diesel::table! {
    deposits (id) {
        id -> Text,
        office_id -> Text,
        number -> Text,
        dated_on -> Date,
        value -> BigInt,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    deposit_items (deposit_id, item_id) {
        deposit_id -> Text,
        item_id -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    bank_reports (id) {
        id -> Text,
        office_id -> Text,
        kind -> Text,
        profile -> Text,
        file_name -> Text,
        sha256 -> Text,
        bytes -> BigInt,
        message_id -> Nullable<Text>,
        created_on -> Nullable<Date>,
        counts -> Text,
        notes -> Text,
        lines -> BigInt,
        imported_by -> Text,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    bank_report_lines (report_id, position) {
        report_id -> Text,
        position -> BigInt,
        office_id -> Text,
        place -> BigInt,
        outcome -> Text,
        detail -> Text,
        doubt -> Text,
        booked -> Bool,
        open -> Bool,
        item_id -> Nullable<Text>,
        fingerprint -> Text,
        reference -> Text,
        account -> Text,
        amount_sen -> Nullable<BigInt>,
        told_on -> Nullable<Date>,
        bank_ref -> Text,
        return_code -> Text,
        words -> Text,
    }
}

diesel::table! {
    bank_line_answers (report_id, position) {
        report_id -> Text,
        position -> BigInt,
        office_id -> Text,
        accepted -> Bool,
        reason -> Text,
        answered_by -> Text,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    payment_corrections (id) {
        id -> Text,
        office_id -> Text,
        item_id -> Text,
        claim_id -> Text,
        return_code -> Text,
        old_method -> Text,
        old_bank -> Text,
        old_account -> Text,
        old_holder -> Text,
        new_method -> Text,
        new_bank -> Text,
        new_account -> Text,
        new_holder -> Text,
        new_payee -> Text,
        reason -> Text,
        evidence_sha256 -> Text,
        evidence_type -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
    }
}

diesel::table! {
    correction_decisions (correction_id) {
        correction_id -> Text,
        office_id -> Text,
        approved -> Bool,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    spj_papers (id) {
        id -> Text,
        office_id -> Text,
        item_id -> Text,
        kind -> Text,
        sha256 -> Text,
        media_type -> Text,
        note -> Text,
        added_by -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    stop_lists (id) {
        id -> Text,
        office_id -> Text,
        programme -> Text,
        number -> BigInt,
        from_on -> Date,
        until_on -> Date,
        stops -> BigInt,
        withdrawals -> BigInt,
        control -> BigInt,
        name -> Text,
        csv_sha256 -> Text,
        xlsx_sha256 -> Text,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    stop_list_rows (list_id, position) {
        list_id -> Text,
        position -> BigInt,
        office_id -> Text,
        programme -> Text,
        claim_id -> Text,
        kind -> Text,
    }
}

diesel::table! {
    stop_list_draws (list_id, form, copy) {
        list_id -> Text,
        form -> Text,
        copy -> BigInt,
        drawn_by -> Text,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    register_gaps (office_id, source, village) {
        office_id -> Text,
        source -> Text,
        village -> Text,
        unreadable -> BigInt,
    }
}

diesel::table! {
    amendments (id) {
        id -> Text,
        office_id -> Text,
        decree_id -> Text,
        state -> Text,
        rows -> Text,
        evidence_sha256 -> Text,
        evidence_type -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
        amending_id -> Nullable<Text>,
    }
}

diesel::table! {
    annulments (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        state -> Text,
        ground -> Text,
        words -> Text,
        evidence_sha256 -> Text,
        evidence_type -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
    }
}

diesel::table! {
    found_alive (id) {
        id -> Text,
        office_id -> Text,
        claim_code -> Text,
        register_id -> Text,
        nik -> Nullable<Text>,
        name -> Text,
        found_by -> Text,
        found_at -> Timestamp,
    }
}

diesel::table! {
    recovery_cases (id) {
        id -> Text,
        office_id -> Text,
        claim_id -> Text,
        item_id -> Text,
        annulment_id -> Text,
        budget_line_id -> Text,
        debtor -> Text,
        debtor_nik -> Nullable<Text>,
        debtor_address -> Text,
        owed -> BigInt,
        state -> Text,
        opened_on -> Date,
        opened_by -> Text,
        opened_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    recovery_plans (id) {
        id -> Text,
        office_id -> Text,
        case_id -> Text,
        position -> BigInt,
        covers -> BigInt,
        basis -> Text,
        agreed_on -> Date,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    recovery_instalments (plan_id, position) {
        plan_id -> Text,
        position -> BigInt,
        office_id -> Text,
        due_on -> Date,
        amount -> BigInt,
    }
}

diesel::table! {
    recovery_payments (id) {
        id -> Text,
        office_id -> Text,
        case_id -> Text,
        position -> BigInt,
        paid_on -> Date,
        amount -> BigInt,
        number -> Text,
        evidence_sha256 -> Text,
        evidence_type -> Text,
        receipt_number -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        voided_by -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    offices,
    packs,
    users,
    sessions,
    releases,
    deaths,
    residents,
    village_populations,
    activities,
    claims,
    claim_keys,
    findings,
    claim_events,
    documents,
    budget_lines,
    commitments,
    decrees,
    decree_items,
    payment_orders,
    payment_items,
    bank_files,
    letter_sequences,
    letters,
    outbox,
    audit_entries,
    tasks,
    payee_alerts,
    finding_snapshots,
    kept_policies,
    identity_answers,
    source_answers,
    source_usage,
    match_models,
    collection_days,
    collection_appointments,
    hand_overs,
    cash_entries,
    cash_counts,
    cash_closings,
    deposits,
    deposit_items,
    bank_reports,
    bank_report_lines,
    bank_line_answers,
    payment_corrections,
    correction_decisions,
    spj_papers,
    stop_lists,
    stop_list_rows,
    stop_list_draws,
    register_gaps,
    amendments,
    annulments,
    found_alive,
    recovery_cases,
    recovery_plans,
    recovery_instalments,
    recovery_payments
);
