//! Both engines hold the same tables, and those that `src/store/schema.rs` says.

use std::collections::BTreeSet;

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use santunan::store::{DatabaseUrl, Store, StoreError};

use crate::support::{Engine, open};

const COLUMNS: [(Engine, &str); 2] = [
    (
        Engine::Sqlite,
        r#"SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 THEN ' not null' ELSE '' END AS line
           FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"#,
    ),
    (
        Engine::Postgres,
        "SELECT table_name::text || '.' || column_name::text || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END AS line
         FROM information_schema.columns WHERE table_schema = current_schema()",
    ),
];

const KEYS: [(Engine, &str); 2] = [
    (
        Engine::Sqlite,
        r#"SELECT m.name || ' (' || (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')'
             || CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END AS line
           FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i."unique" = 1
           UNION ALL SELECT m.name || ' (' || c.name || ')' FROM sqlite_master m JOIN pragma_table_info(m.name) c
           WHERE m.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER'"#,
    ),
    (
        Engine::Postgres,
        "SELECT t.relname::text || ' (' || (SELECT string_agg(a.attname::text, ',' ORDER BY k.n)
             FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(att, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.att) || ')'
             || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END AS line
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
         WHERE i.indisunique AND n.nspname = current_schema()",
    ),
];

/// Indexes of the register, which each engine makes by itself and an import takes away and makes again.
const REGISTER_INDEXES: [(Engine, &str); 2] = [
    (Engine::Sqlite, "SELECT sql AS line FROM sqlite_master WHERE type = 'index' AND tbl_name = 'residents' AND sql IS NOT NULL"),
    (
        Engine::Postgres,
        "SELECT replace(replace(indexdef, 'ON ' || schemaname || '.', 'ON '), 'USING btree ', '') AS line
         FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'residents' AND indexname <> 'residents_pkey'",
    ),
];

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What the engine's catalogue says, without the migrations' own table.
fn lines(question: (Engine, &str)) -> BTreeSet<String> {
    let office = open(question.0);
    let rows = office.desk.store.read(|conn| sql_query(question.1).load::<Row>(conn).map_err(StoreError::from)).unwrap();
    rows.into_iter().map(|row| row.line).filter(|line| !line.starts_with("__diesel")).collect()
}

/// The columns of `schema.rs`, in the words of the catalogues.
fn schema() -> BTreeSet<String> {
    let mut table = "";
    let mut found = BTreeSet::new();
    for line in include_str!("../../src/store/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        } else if let Some((column, kind)) = line.split_once(" -> ") {
            found.insert(format!("{table}.{column}{}", if kind.starts_with("Nullable") { "" } else { " not null" }));
        }
    }
    found
}

#[test]
fn both_engines_have_the_columns_of_the_schema() {
    assert!(schema().len() > 200, "{}", schema().len());
    for question in COLUMNS {
        assert_eq!(lines(question), schema(), "{:?}", question.0);
    }
}

#[test]
fn both_engines_have_the_same_unique_keys() {
    let [sqlite, postgres] = KEYS.map(lines);
    assert!(sqlite.contains("claims (office_id,deceased_nik) partial"), "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

#[test]
fn both_engines_have_the_same_indexes_of_the_register_after_an_import() {
    let [sqlite, postgres] = REGISTER_INDEXES.map(|question| {
        let words = |line: &String| line.replace(['(', ')'], " ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        lines(question).iter().map(words).collect::<BTreeSet<_>>()
    });
    assert_eq!(sqlite.len(), 8, "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

/// Tables on which a trigger refuses changes, each once.
const GUARDED: [(Engine, &str); 2] = [
    (Engine::Sqlite, "SELECT DISTINCT tbl_name AS line FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'"),
    (
        Engine::Postgres,
        "SELECT DISTINCT t.relname::text AS line FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
           JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_proc p ON p.oid = g.tgfoid
         WHERE NOT g.tgisinternal AND n.nspname = current_schema() AND p.prosrc LIKE '%append-only%'",
    ),
];

#[test]
fn both_engines_guard_the_same_tables_against_changes() {
    for question in GUARDED {
        let guarded: Vec<String> = lines(question).into_iter().collect();
        let expected = [
            "amendments",
            "annulments",
            "audit_entries",
            "bank_line_answers",
            "bank_report_lines",
            "bank_reports",
            "budget_revisions",
            "cash_closings",
            "cash_counts",
            "cash_entries",
            "correction_decisions",
            "deposit_items",
            "deposits",
            "finding_snapshots",
            "found_alive",
            "hand_overs",
            "kept_policies",
            "ledger_entries",
            "letters",
            "payment_corrections",
            "payment_items",
            "programme_periods",
            "recovery_cases",
            "recovery_instalments",
            "recovery_payments",
            "recovery_plans",
            "spj_papers",
            "stop_list_draws",
            "stop_list_rows",
            "stop_lists",
            "treasury_papers",
            "year_acts",
        ];
        assert_eq!(guarded, expected, "{:?}", question.0);
    }
}

#[test]
fn a_second_migration_changes_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = open(engine);
        let before = office.traces();
        let (_, ran) = Store::migrate_and_open(&office.database.url()).unwrap();
        assert_eq!(ran, Vec::<String>::new());
        assert_eq!(office.traces(), before);
        Store::open(&office.database.url()).unwrap();
    }
}

#[test]
fn a_mistyped_address_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let missing = DatabaseUrl::parse(&format!("sqlite://{}/salah.db", folder.path().display())).unwrap();
    assert!(matches!(Store::open(&missing), Err(StoreError::Unreachable(_))));
    for mistyped in ["sqlit:///tmp/x.db", "santunan.db", "sqlite://", "postgress://localhost/x"] {
        assert!(matches!(DatabaseUrl::parse(mistyped), Err(StoreError::Unreachable(_))), "{mistyped}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
