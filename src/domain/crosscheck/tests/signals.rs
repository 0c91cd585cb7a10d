//! The signals, each on its own: one clean case, one change at a time.

use chrono::{DateTime, Days, Utc};

use super::super::*;
use super::world::{F, HEIR_NIK, NIK, World, clean, day, nik, other_claim, resident, run_world, village};
use crate::domain::claim::{BankAccount, ClaimedNik, DocumentKind, Payout};
use crate::domain::identity::{FamilyCard, PersonName, Relation, Sex};
use crate::domain::policy::{DayUnit, RuleWeight};
use crate::domain::register::{Activity, Resident, ResidentStatus};

/// The signals that follow from a change; codes known outside are left out.
fn check(change: impl FnOnce(&mut World), expected: &[FindingCode]) {
    let mut world = clean();
    change(&mut world);
    let found: Vec<FindingCode> = run_world(&world).iter().map(|finding| finding.code).filter(|code| !code.is_public()).collect();
    assert_eq!(found, expected);
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn filing(filed_on: &str, died_on: &str) -> PastFiling {
    PastFiling { filed_on: day(filed_on), filed_at: None, died_on: day(died_on), letter_on: None }
}

#[test]
fn a_clean_claim_has_no_signals() {
    check(|_| {}, &[]);
}

#[test]
fn a_death_before_the_programme_is_not_covered() {
    let died = |on: &'static str| {
        move |w: &mut World| {
            w.content.death.died_on = day(on);
            w.filed_on = day(on) + Days::new(10);
        }
    };
    check(died("2017-10-24"), &[F::DiLuarMasaProgram]);
    check(died("2017-10-25"), &[]);
}

#[test]
fn another_day_of_death_in_the_register_is_worth_knowing() {
    let registered = |on: &'static str| move |w: &mut World| w.register[0].died_on = Some(day(on));
    check(registered("2026-02-22"), &[]);
    check(registered("2026-02-21"), &[F::TglMeninggalBeda]);
    check(registered("2026-03-20"), &[F::TglMeninggalBeda]);
    check(registered("2025-01-01"), &[]);
}

#[test]
fn a_later_register_should_know_of_the_death() {
    let released = |on: &'static str, pkh: bool| {
        move |w: &mut World| {
            w.released_on = Some(day(on));
            w.register[0].pkh = pkh;
        }
    };
    check(released("2026-05-30", true), &[F::AktifSesudahMeninggal]);
    check(released("2026-05-29", true), &[]);
    check(released("2026-05-30", false), &[]);
}

#[test]
fn nobody_is_much_older_than_a_hundred_and_ten() {
    let born = |on: &'static str| {
        move |w: &mut World| {
            w.content.deceased.born_on = Some(day(on));
            w.register[0].born_on = Some(day(on));
        }
    };
    check(born("1915-03-02"), &[]);
    check(born("1915-03-01"), &[F::UmurTidakWajar]);
}

#[test]
fn another_benefit_for_the_same_death_is_worth_knowing() {
    let event = |kind: &'static str| {
        move |w: &mut World| w.activities.push(Activity { nik: nik(NIK).unwrap(), happened_on: day("2026-03-10"), kind: kind.to_owned() })
    };
    check(event("SANTUNAN_JASA_RAHARJA"), &[F::SantunanLain]);
    check(event("AUTO_KREDIT_PKH"), &[]);
}

#[test]
fn an_heir_is_named_with_a_number_of_their_own() {
    check(|w| w.content.heirs.clear(), &[F::AhliWarisTidakAda]);
    check(|w| w.content.heirs[0].nik = ClaimedNik::take(""), &[F::NikAhliWarisJanggal]);
    check(|w| w.register[1].name = "SUGIYONO".to_owned(), &[F::NikAhliWarisJanggal]);
    check(|w| w.register.truncate(1), &[]);
}

#[test]
fn a_child_needs_a_guardian() {
    let heir = |number: &'static str| {
        move |w: &mut World| {
            w.content.heirs[0].nik = ClaimedNik::take(number);
            w.content.heirs[0].relation = Relation::Anak;
        }
    };
    check(heir("3325016003080001"), &[]);
    check(heir("3325016103080001"), &[F::AhliWarisBelumDewasa]);
    check(heir("3325016103470001"), &[]);
}

#[test]
fn a_relation_can_be_and_is_taken() {
    let relation = |relation: Relation| move |w: &mut World| w.content.heirs[0].relation = relation;
    check(relation(Relation::Suami), &[F::HubunganTidakCocok]);
    check(relation(Relation::Anak), &[F::HubunganTidakCocok]);
    check(relation(Relation::OrangTua), &[F::HubunganTidakCocok]);
    let child = |born: &'static str, role: &'static str| {
        move |w: &mut World| {
            w.content.heirs[0].relation = Relation::Anak;
            w.register[1].born_on = Some(day(born));
            w.register[1].family_role = role.to_owned();
        }
    };
    check(child("1970-01-01", "ANAK"), &[]);
    check(child("1970-01-01", ""), &[]);
    check(child("1970-01-01", "MENANTU"), &[F::HubunganTidakCocok]);
    check(child("1957-09-26", "ANAK"), &[]);
    check(child("1957-09-25", "ANAK"), &[F::HubunganTidakCocok]);
    check(|w| w.policy.heirs.relations.retain(|relation| *relation != Relation::Istri), &[F::HubunganTidakDiterima]);
}

#[test]
fn a_nearer_relative_on_the_card_is_worth_knowing() {
    let grandchild = |child: fn(&mut Resident)| {
        move |w: &mut World| {
            w.content.heirs[0].relation = Relation::Cucu;
            w.register[1].family_role = "CUCU".to_owned();
            w.register[1].born_on = Some(day("1995-01-01"));
            let mut row = resident("DT3", "3325010506700001", "SUROTO", "1970-06-05", Sex::Male);
            row.family_role = "ANAK".to_owned();
            child(&mut row);
            w.around.family = vec![w.register[1].clone(), row];
        }
    };
    check(grandchild(|_| {}), &[F::AhliWarisLebihDekat]);
    let misnamed = |w: &mut World| {
        grandchild(|_| {})(w);
        w.content.heirs[0].relation = Relation::Lainnya;
        w.around.family[0].family_role = "ANAK".to_owned();
    };
    let mut world = clean();
    misnamed(&mut world);
    assert!(run_world(&world).iter().all(|finding| finding.code != F::AhliWarisLebihDekat), "a child by the card is of the nearest");
    for consent in [DocumentKind::SuratKuasa, DocumentKind::SuratAhliWaris] {
        let agreed = |w: &mut World| {
            grandchild(|_| {})(w);
            w.content.documents.insert(consent);
        };
        check(agreed, &[]);
    }
    check(grandchild(|row| row.status = ResidentStatus::Dead), &[]);
    check(grandchild(|row| row.born_on = Some(day("2010-06-05"))), &[]);
    check(grandchild(|row| row.family_role = "FAMILI LAIN".to_owned()), &[]);
}

#[test]
fn who_works_here_does_not_decide_about_their_own_family() {
    let official = |number: &'static str, card: &'static str| {
        move |w: &mut World| {
            let (nik, family_card) = (nik(number), FamilyCard::parse(card).ok());
            w.around.officials.push(Official { name: "SARJONO".to_owned(), role: "Kepala desa/lurah".to_owned(), nik, family_card });
        }
    };
    check(official(HEIR_NIK, ""), &[F::AhliWarisPetugas]);
    check(official("", "3325013105140001"), &[F::AhliWarisPetugas]);
    check(official("3325010107700001", "3325013105140999"), &[]);
}

#[test]
fn one_telephone_for_three_heirs_is_worth_knowing() {
    let shared = |claims: u32, heir: Option<&'static str>| {
        move |w: &mut World| {
            for number in 1..=claims {
                let mut claim = other_claim(number);
                claim.heir_phone = "085715717070".to_owned();
                claim.clerk = "LAIN".to_owned();
                if let Some(heir) = heir {
                    claim.heir_nik = nik(heir);
                }
                w.earlier.push(claim);
            }
        }
    };
    check(shared(1, None), &[]);
    check(shared(2, None), &[F::TeleponBersama]);
    check(shared(2, Some(HEIR_NIK)), &[]);
}

#[test]
fn money_does_not_go_to_the_dead_and_the_bank_reads_letters() {
    let account = |number: &str, holder: &str| {
        Payout::Bank(BankAccount { bank: "BRI".to_owned(), number: number.to_owned(), holder: holder.to_owned() })
    };
    let own = BankAccount { bank: "BRI".to_owned(), number: "5955-9759".to_owned(), holder: String::new() };
    check(
        |w| {
            w.register[0].account = Some(own);
            w.content.payout = account("59559759", "KASTURAH");
        },
        &[F::RekeningAlmarhum],
    );
    check(|w| w.content.payout = account("1", "IBU KASTURAH"), &[F::NamaRekeningTidakPersis]);
    check(|w| w.content.payout = account("1", "Kasturah "), &[]);
    check(|w| w.content.payout = account("1", ""), &[]);
    check(|w| w.content.payout = account("1", "TASRI"), &[]);
    let long = "SITI TARNINGSIH PUSPITASARI WULANDARI";
    check(
        |w| {
            w.content.heirs[0].name = PersonName::parse(long).unwrap();
            w.register[1].name = long.to_owned();
            w.content.payout = account("1", "SITI TARNINGSIH PUSPITASA");
        },
        &[],
    );
}

#[test]
fn a_death_letter_has_its_own_date_and_number() {
    let letter = |on: &'static str| move |w: &mut World| w.content.death.letter_on = Some(day(on));
    check(letter("2026-02-28"), &[F::TglSuratJanggal]);
    check(letter("2026-03-01"), &[]);
    check(letter("2026-03-20"), &[]);
    check(letter("2026-03-21"), &[F::TglSuratJanggal]);
    let used = |number: &'static str, change: fn(&mut EarlierClaim)| {
        move |w: &mut World| {
            w.content.death.letter_number = "474.3/012/2026".to_owned();
            let mut claim = other_claim(1);
            claim.letter_number = number.to_owned();
            change(&mut claim);
            w.earlier.push(claim);
        }
    };
    check(used("474.3 / 12 / 2026", |_| {}), &[F::NomorSuratGanda]);
    check(used("474.3/012/2025", |_| {}), &[]);
    check(used("474.3/012/2026", |claim| claim.village = village("33.25.03.2007")), &[]);
    check(used("474.3/012/2026", |claim| claim.deceased_nik = nik(NIK)), &[]);
}

#[test]
fn letters_are_numbered_in_the_order_of_their_dates() {
    let beside = |sequence: i64, on: &'static str| {
        move |w: &mut World| {
            w.content.death.letter_number = "474.3/012/2026".to_owned();
            w.content.death.letter_on = Some(day("2026-03-02"));
            w.around.letters.push(LetterUse { claim_code: "K1".to_owned(), sequence, letter_on: day(on) });
        }
    };
    check(beside(11, "2026-02-25"), &[]);
    check(beside(11, "2026-04-01"), &[]);
    check(beside(11, "2026-04-02"), &[F::NomorSuratTidakUrut]);
    check(beside(13, "2026-01-30"), &[F::NomorSuratTidakUrut]);
    check(beside(13, "2026-04-02"), &[]);
}

#[test]
fn a_file_belongs_to_one_claim_and_a_house_to_one_family() {
    let shared = |kind: DocumentKind, bits: Option<u32>, heir: Option<&'static str>| {
        move |w: &mut World| {
            let (claim_code, added_on) = ("K1".to_owned(), day("2026-01-05"));
            w.around.papers.push(SharedPaper {
                kind,
                claim_code,
                added_on,
                bits,
                heir_nik: heir.and_then(nik),
                deceased_register_id: None,
            });
        }
    };
    check(shared(DocumentKind::SuratKematian, None, None), &[F::BerkasSama]);
    check(shared(DocumentKind::SuratKematian, None, Some(HEIR_NIK)), &[F::BerkasSama]);
    check(shared(DocumentKind::Kk, None, None), &[F::BerkasSama]);
    check(shared(DocumentKind::Kk, None, Some(HEIR_NIK)), &[]);
    check(shared(DocumentKind::Sktm, Some(3), None), &[F::FotoSerupa]);
    check(shared(DocumentKind::Sktm, Some(4), None), &[]);
    check(shared(DocumentKind::Sktm, Some(0), Some(HEIR_NIK)), &[]);
    check(shared(DocumentKind::KtpAhliWaris, Some(0), None), &[]);
}

#[test]
fn a_surge_is_far_beyond_people_and_past() {
    // Batang's villages: 3,000 residents have about two claims in ninety days.
    let volume =
        |residents: Option<u32>, recent: u32, before: u32| move |w: &mut World| w.around.village = Volume { residents, recent, before };
    check(volume(Some(3_000), 6, 0), &[]);
    check(volume(Some(3_000), 8, 0), &[F::LonjakanDesa]);
    check(volume(Some(3_000), 8, 60), &[]);
    check(volume(None, 8, 0), &[]);
    check(volume(None, 8, 12), &[F::LonjakanDesa]);
    let clerk = |w: &mut World| {
        w.around.village = Volume { residents: Some(3_000), recent: 0, before: 0 };
        w.around.clerk = vec![filing("2026-03-10", "2026-03-01"); 8];
    };
    check(clerk, &[F::LonjakanPetugas]);
}

#[test]
fn a_clerks_habits_show() {
    let last_days = |last: usize, others: usize| {
        move |w: &mut World| {
            w.filed_on = day("2026-04-30");
            w.around.clerk = vec![filing("2026-03-02", "2026-01-01"); last];
            w.around.clerk.extend(vec![filing("2026-03-02", "2026-02-01"); others]);
        }
    };
    check(last_days(1, 0), &[]);
    check(last_days(8, 0), &[]);
    check(last_days(4, 5), &[F::SeringHariTerakhir]);
    check(last_days(2, 30), &[]);
    check(last_days(7, 30), &[F::SeringHariTerakhir]);
    let where_others_do = |claims: u32, last: u32| {
        move |w: &mut World| {
            last_days(4, 5)(w);
            w.around.office = Some(LastDays { claims, last });
        }
    };
    check(where_others_do(100, 30), &[]);
    check(where_others_do(100, 3), &[F::SeringHariTerakhir]);
    check(where_others_do(9, 9), &[F::SeringHariTerakhir]);
    let at_once = |claims: usize, filed: &'static str| {
        move |w: &mut World| {
            w.around.filed_at = Some(at("2026-03-20T03:00:00Z"));
            w.around.clerk = vec![PastFiling { filed_at: Some(at(filed)), ..filing("2026-03-20", "2026-03-01") }; claims];
        }
    };
    check(at_once(1, "2026-03-20T02:59:30Z"), &[]);
    check(at_once(2, "2026-03-20T02:59:30Z"), &[F::BeruntunSemenit]);
    check(at_once(2, "2026-03-20T02:58:30Z"), &[]);
    let hour = |filed: &'static str| move |w: &mut World| w.around.filed_at = Some(at(filed));
    check(hour("2026-03-20T14:59:00Z"), &[]);
    check(hour("2026-03-20T15:00:00Z"), &[F::DiajukanMalam]);
    check(hour("2026-03-20T20:59:00Z"), &[F::DiajukanMalam]);
    check(hour("2026-03-20T21:00:00Z"), &[]);
}

#[test]
fn the_office_says_how_much_a_signal_weighs() {
    let mut world = clean();
    world.content.heirs.clear();
    assert_eq!(Verdict::of(&run_world(&world)), Verdict::Eligible);
    world.policy.rules.severity.insert(F::AhliWarisTidakAda, RuleWeight::Review);
    assert_eq!(Verdict::of(&run_world(&world)), Verdict::NeedsReview);
    assert_eq!(Verdict::of_public(&run_world(&world)), Verdict::Eligible);
    world.policy.rules.severity.insert(F::AhliWarisTidakAda, RuleWeight::Off);
    assert!(run_world(&world).is_empty());
}

#[test]
fn every_sentence_is_one_a_family_may_read() {
    let mut world = clean();
    world.content.heirs[0].relation = Relation::Suami;
    world.content.death.letter_on = Some(day("2026-02-01"));
    world.around.filed_at = Some(at("2026-03-20T16:00:00Z"));
    for finding in run_world(&world) {
        assert!(finding.sentence.ends_with('.') && finding.sentence.contains("mohon"), "{}", finding.sentence);
        assert!(!finding.claimed.is_empty() && !finding.registered.is_empty(), "{:?}", finding.code);
    }
}

#[test]
fn the_last_day_is_the_one_of_the_deadline() {
    let mut world = clean();
    world.policy.deadline.unit = DayUnit::Working;
    world.policy.deadline.count = 7;
    world.filed_on = day("2026-03-10");
    world.around.clerk = vec![filing("2026-03-10", "2026-03-01"); 12];
    let spoke = |world: &World| run_world(world).iter().any(|finding| finding.code == F::SeringHariTerakhir);
    assert!(spoke(&world));
    world.holidays = ["2026-03-05"].into_iter().map(day).collect();
    assert!(!spoke(&world), "a closed day moves the last day on");
    world.filed_on = day("2026-03-11");
    assert!(!spoke(&world), "the others were a day early");
}

#[test]
fn months_of_residence_are_asked_only_where_the_rules_ask() {
    let known = |seen: &'static str, missing: Option<&'static str>| {
        move |w: &mut World| {
            w.policy.residence_months = Some(6);
            w.around.residence = Some(Residence { seen_from: day(seen), missing_on: missing.map(day) });
        }
    };
    check(|w| w.around.residence = None, &[]);
    check(known("2025-09-01", None), &[]);
    check(known("2025-09-02", None), &[F::LamaTinggalTidakDiperiksa]);
    check(known("2025-12-01", Some("2025-09-01")), &[F::LamaTinggalKurang]);
    check(known("2025-12-01", Some("2025-08-31")), &[F::LamaTinggalTidakDiperiksa]);
    check(|w| w.policy.residence_months = Some(6), &[F::LamaTinggalTidakDiperiksa]);
    let newborn = |w: &mut World| {
        known("2026-01-01", Some("2025-12-01"))(w);
        w.register[0].born_on = Some(day("2025-09-01"));
        w.content.deceased.born_on = Some(day("2025-09-01"));
    };
    let mut world = clean();
    newborn(&mut world);
    assert!(run_world(&world).iter().all(|finding| finding.code != F::LamaTinggalKurang));
}
