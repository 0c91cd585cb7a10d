//! Every page with long names and many findings. Written to `target/pages` so that somebody can look at them.

mod claims;
mod data;
mod money;
mod open;
mod undoing;

use askama::Template;

use super::*;
use crate::domain::access::{Actor, Role};
use crate::domain::claim::{DocumentKind, State};
use crate::domain::crosscheck::{Severity, Verdict};
use crate::domain::identity::Relation;
use crate::domain::region::RegionCode;
use crate::exchange::claim_form::{ClaimForm, DeceasedForm, FieldErrors, HeirForm};
use crate::web::marking::side_by_side;
use crate::web::page::{Chip, Choice, EventView, Fact, Flash, Link, Shell, Tone};
use crate::web::style::CSS;

use self::claims::*;
use self::data::*;
use self::money::*;
use self::open::*;
use self::undoing::*;

const LONG: &str = "RADEN RORO SITI NUR HIDAYATININGRUM KUSUMADEWI MANGUNKUSUMO";

fn shell(title: &str, role: Role, at: &str) -> Shell {
    let actor = Actor {
        id: "u".into(),
        name: "Siti Nur Aisyah, S.Sos.".into(),
        role,
        office: RegionCode::parse("33.25").unwrap(),
        region: RegionCode::parse("33.25").unwrap(),
        nik: None,
        family_card: None,
    };
    public(title).with_user(&actor, "Kabupaten Batang", "token").at(at)
}

fn public(title: &str) -> Shell {
    Shell::public(title, "Kabupaten Batang", "Dinas Sosial, telepon (0285) 391 000, Senin–Jumat 07.30–16.00")
}

fn finding(severity: Severity, title: &str, sentence: &str) -> FindingView {
    let class = match severity {
        Severity::Note => "note-line",
        Severity::Review => "review",
        Severity::Block => "block",
    };
    FindingView {
        class,
        chip: Chip::of_severity(severity),
        title: title.into(),
        sentence: sentence.into(),
        claimed: "SUPARMI".into(),
        registered: "SUPARMIN".into(),
        source: "DTSEN, 1 April 2026".into(),
    }
}

fn findings() -> Vec<FindingView> {
    vec![
        finding(
            Severity::Block,
            "Lewat batas waktu",
            "Permohonan diajukan 74 hari setelah meninggal; batasnya 60 hari. Mohon tanyakan sebab keterlambatan kepada keluarga dan tuliskan pada keputusan.",
        ),
        finding(Severity::Review, "Nama berbeda", "NIK ini di data kependudukan atas nama lain. Mohon cocokkan dengan KTP atau KK asli."),
        finding(Severity::Note, "Ejaan nama", "Ejaan nama sedikit berbeda dengan data kependudukan; tampaknya orang yang sama."),
    ]
}

fn budget() -> BudgetView {
    BudgetView {
        year: "2026".into(),
        line: "Belanja Tidak Terduga, 5.3.01.01.01.0001".into(),
        ceiling: "Rp1.500.000.000".into(),
        committed: "Rp31.000.000".into(),
        decreed: "Rp18.000.000".into(),
        paid: "Rp412.000.000".into(),
        remaining: "Rp1.039.000.000".into(),
        claims_left: "1.039".into(),
        used_percent: 31,
        warning: "Pemakaian 5.3.01.01.01.0001 sudah melewati 30 % pagu.".into(),
    }
}

#[test]
fn every_page_renders_whole_and_without_script_or_style_inside() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("gaya.css"), CSS).unwrap();
    let pages: [(&str, String); 24] = [
        ("amend_choose", amend_choose().render().unwrap()),
        ("amend_fill", amend(false).render().unwrap()),
        ("amend_preview", amend(true).render().unwrap()),
        ("amendment", amendment().render().unwrap()),
        ("annul", annul().render().unwrap()),
        ("recoveries", recoveries().render().unwrap()),
        ("recovery", recovery().render().unwrap()),
        ("attention", attention().render().unwrap()),
        ("disputes", disputes().render().unwrap()),
        ("requirements", requirements().render().unwrap()),
        ("landing", landing().render().unwrap()),
        ("status", status().render().unwrap()),
        ("letter_check", letter_check().render().unwrap()),
        ("login", login().render().unwrap()),
        ("queue", queue().render().unwrap()),
        ("desk", desk().render().unwrap()),
        ("empty", empty_queue().render().unwrap()),
        ("register", register().render().unwrap()),
        ("claim_form", claim_form().render().unwrap()),
        ("claim_filed", claim_filed().render().unwrap()),
        ("claim", claim().render().unwrap()),
        ("finance", finance().render().unwrap()),
        ("year", year().render().unwrap()),
        ("problem", problem().render().unwrap()),
    ];
    for (name, html) in pages {
        for banned in ["<script", "style=\"", "<style", "onclick", "javascript:"] {
            assert!(!html.contains(banned), "{name}: {banned}");
        }
        assert!(html.contains("lang=\"id\"") && html.contains("</html>"), "{name}");
        let local = html.replace(crate::web::style::CSS_HREF.as_str(), "gaya.css");
        std::fs::write(folder.join(format!("{name}.html")), local).unwrap();
    }
}
