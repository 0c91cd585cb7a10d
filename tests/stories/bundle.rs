//! What an inspector takes along proves itself, and nothing in it can be changed unseen.

use std::io::{Cursor, Read, Write};

use santunan::domain::access::Actor;
use santunan::exchange::bundle::{BundleFault, Proved, verify_bundle};
use santunan::workflow::Refusal;
use santunan::workflow::money::{BundleRefused, Scope, write_bundle};

use crate::support::{Office, a_claim, on_both_engines};

fn bundle(office: &Office, who: &Actor, scope: &Scope) -> Result<Vec<u8>, BundleRefused> {
    let mut bytes = Cursor::new(Vec::new());
    write_bundle(&office.desk, who, scope, &mut bytes)?;
    Ok(bytes.into_inner())
}

fn proved(bytes: &[u8]) -> Result<Proved, BundleFault> {
    verify_bundle(Cursor::new(bytes))
}

/// An office that paid three families, one in cash.
fn paid(office: &Office) -> String {
    for claim in [a_claim(), a_claim().of_family(1), a_claim().of_family(2).paid_in_cash()] {
        office.approved(&claim);
    }
    office.paid().order.number
}

#[test]
fn a_bundle_of_an_order_or_a_year_proves_itself() {
    on_both_engines(|office| {
        let number = paid(office);
        let inspector = office.who("inspektorat");
        let of_order = bundle(office, inspector, &Scope::Order(number)).unwrap();
        let told = proved(&of_order).unwrap();
        assert_eq!((told.claims, told.paid.whole()), (3, 3_000_000));
        // Each claim's money took six steps: promise, decree, order, release, heir.
        assert_eq!(told.entries, 15);
        assert_eq!(proved(&bundle(office, inspector, &Scope::Year(2026)).unwrap()).unwrap().claims, 3);
        let sample = |seed| proved(&bundle(office, inspector, &Scope::Sample { year: 2026, size: 2, seed }).unwrap()).unwrap();
        assert_eq!((sample(1).claims, sample(1)), (2, sample(1)));
    });
}

#[test]
fn a_bundle_is_refused_to_those_who_do_not_inspect_and_where_nothing_is() {
    on_both_engines(|office| {
        let number = paid(office);
        let refused = |who: &str, scope: Scope| match bundle(office, office.who(who), &scope) {
            Err(BundleRefused::Refusal(refusal)) => refusal,
            other => panic!("{:?}", other.map(|bytes| bytes.len())),
        };
        assert!(matches!(refused("verifikator", Scope::Order(number)), Refusal::NotYourRole));
        assert!(matches!(refused("inspektorat", Scope::Order("900/999".into())), Refusal::NotFound));
        assert!(matches!(refused("inspektorat", Scope::Year(2019)), Refusal::NotFound));
    });
}

/// The files of a bundle, in their order.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        files.push((name, content));
    }
    files
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        // Stored: packing hundreds of bundles is not what is tested.
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn whatever_is_changed_in_a_bundle_is_found() {
    let office = &crate::support::open(crate::support::Engine::Sqlite);
    let number = paid(office);
    let files = unpacked(&bundle(office, office.who("inspektorat"), &Scope::Order(number)).unwrap());
    assert!(proved(&packed(&files)).is_ok());
    let mut dice: u64 = 20_260_622;
    let mut roll = |below: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap() % below
    };
    for round in 0..200 {
        let mut changed = files.clone();
        let at = roll(changed.len());
        match round % 4 {
            0 => drop(changed.remove(at)),
            1 => changed.push((format!("berkas/sisipan-{round}.txt"), b"tambahan".to_vec())),
            2 => {
                let place = roll(changed[at].1.len().max(1));
                match changed[at].1.get_mut(place) {
                    Some(byte) => *byte ^= 1 << roll(8),
                    None => changed[at].1.push(b'x'),
                }
            }
            _ => {
                let other = roll(changed.len());
                if changed[at].1 == changed[other].1 {
                    continue;
                }
                let (a, b) = (changed[at].1.clone(), changed[other].1.clone());
                (changed[at].1, changed[other].1) = (b, a);
            }
        }
        let found = proved(&packed(&changed));
        // Only blanks of the list itself may change without saying anything else.
        let harmless = found.is_ok() && changed.iter().zip(&files).all(|(now, was)| now.0 == "manifest.json" || now == was);
        assert!(found.is_err() || harmless, "round {round}: {found:?}");
    }
}

#[test]
fn a_bundle_whose_list_was_made_again_still_does_not_lie_about_money() {
    let office = &crate::support::open(crate::support::Engine::Sqlite);
    let number = paid(office);
    let files = unpacked(&bundle(office, office.who("inspektorat"), &Scope::Order(number)).unwrap());
    let lie = |path: &str, from: &str, to: &str| {
        let mut changed = files.clone();
        let (_, content) = changed.iter_mut().find(|(name, _)| name.starts_with(path)).unwrap();
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{from} is not in {path}");
        *content = text.replacen(from, to, 1).into_bytes();
        proved(&packed(&with_a_new_list(changed))).unwrap_err().to_string()
    };
    assert!(lie("pembukuan.jsonl", "\"amount\":1000000", "\"amount\":900000").contains("uang keluar"));
    assert!(lie("perintah.json", "\"total\": 3000000", "\"total\": 4000000").contains("jumlah pembayarannya"));
    assert!(lie("sk.json", "\"total\": 3000000", "\"total\": 2000000").contains("jumlah baris"));
    assert!(lie("klaim/", "\"state\": \"paid\"", "\"state\": \"decreed\"").contains("menurut pembukuan"));
}

/// What a forger would do: hash everything again.
fn with_a_new_list(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    use santunan::domain::audit::sha256_hex;
    let hashes: Vec<(String, usize, String)> = files.iter().map(|(name, bytes)| (name.clone(), bytes.len(), sha256_hex(bytes))).collect();
    let (_, list) = files.iter_mut().find(|(name, _)| name == "manifest.json").unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(list).unwrap();
    for file in manifest["files"].as_array_mut().unwrap() {
        let (_, bytes, hash) = hashes.iter().find(|(name, ..)| *name == file["path"].as_str().unwrap()).unwrap();
        file["bytes"] = (*bytes).into();
        file["sha256"] = hash.clone().into();
    }
    *list = serde_json::to_vec(&manifest).unwrap();
    files
}
