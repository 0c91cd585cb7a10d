//! Two people side by side: what the verifier sees and answers, on the page and through JSON.

use rocket::http::Status;
use rocket::serde::json::{Value, serde_json};
use santunan::domain::access::Role;

use super::world::{World, borrowed, claim_fields, with};

/// Two claims for what seems one person: the second with a number nobody has.
fn two_claims(world: &World) -> (String, String) {
    let clerk = world.operator();
    let first = clerk.file(0);
    let fields = with(claim_fields(world, 0, "kedua"), "almarhum.nik", "3325011003509199");
    let page = clerk.post("/permohonan/baru", &borrowed(&fields));
    page.is(Status::SeeOther);
    (first, page.location.split('/').nth(2).unwrap().to_owned())
}

#[test]
fn the_verifier_sees_both_with_the_differing_letters_marked_and_answers_with_a_reason() {
    let world = World::new();
    let (first, second) = two_claims(&world);
    let path = format!("/permohonan/{second}");
    world.village_head().get(&path).lacks("Apakah ini orang yang sama?");
    world.village_head().step(&second, "endorse", "").is(Status::SeeOther);
    let verifier = world.officer(Role::Verifier);
    let page = verifier.get(&path);
    page.shows("Apakah ini orang yang sama?").shows(&format!("Permohonan {first}"));
    let section = page.between("id=\"identitas\"", "</section>");
    assert!(section.contains("<mark>") && section.contains("name=\"jawaban\" value=\"other\""), "{section}");
    let mut fields = vec![("jenis", "claim"), ("rujukan", first.as_str()), ("urut", "0"), ("jawaban", "other")];
    let answer = format!("{path}/identitas");
    let again = verifier.post(&answer, &[fields.as_slice(), &[("alasan_orang_0", "beda")]].concat());
    again.is(Status::UnprocessableEntity).shows("Mohon tuliskan dasar keputusan ini");
    assert!(again.body.contains(">beda</textarea>"), "what was typed stays");
    let reason = ("alasan_orang_0", "kakak beradik, KK asli dilihat");
    verifier.post(&answer, &[fields.as_slice(), &[reason]].concat()).is(Status::SeeOther);
    let page = verifier.get(&format!("{path}?pesan=identity"));
    page.shows("Jawaban sudah dicatat").shows("Diputuskan orang lain oleh").shows("kakak beradik, KK asli dilihat");
    page.shows("Ganti jawaban").lacks("tampaknya untuk orang yang sama");
    world.officer(Role::Approver).get(&path).shows("Diputuskan orang lain oleh").lacks("name=\"jawaban\"");
    fields[1].1 = "BTG-TIDAKADA";
    verifier.post(&answer, &[fields.as_slice(), &[reason]].concat()).is(Status::NotFound);
    fields[3].1 = "mungkin";
    verifier.post(&answer, &[fields.as_slice(), &[reason]].concat()).is(Status::BadRequest);
}

#[test]
fn a_program_reads_the_pairs_and_answers_by_the_same_rules() {
    let world = World::new();
    let (first, second) = two_claims(&world);
    let verifier = world.officer(Role::Verifier);
    let path = format!("/api/v1/claims/{second}/identity");
    let listed = verifier.get(&path);
    let pairs: Value = serde_json::from_str(&listed.body).unwrap();
    let pair = pairs.as_array().unwrap().iter().find(|p| p["kind"] == "claim").unwrap();
    assert_eq!((pair["reference"].as_str(), &pair["answer"]), (Some(first.as_str()), &Value::Null));
    assert!(!listed.body.contains(world.family(0).0.nik.unwrap().expose()), "no full NIK leaves by this door");
    let send = |answer: &str, reason: &str| {
        let body = serde_json::json!({ "kind": "claim", "reference": first, "answer": answer, "reason": reason }).to_string();
        verifier.post_json(&path, &body, Some(&verifier.csrf))
    };
    send("perhaps", "KK asli sudah dilihat").is(Status::UnprocessableEntity);
    assert!(send("same", "ya").is(Status::UnprocessableEntity).body.contains("reason_missing"));
    let answered: Value = serde_json::from_str(&send("same", "KK asli sudah dilihat").is(Status::Ok).body).unwrap();
    assert_eq!(answered["verdict"], "ineligible");
    let pairs: Value = serde_json::from_str(&verifier.get(&path).body).unwrap();
    assert!(pairs.as_array().unwrap().iter().any(|p| p["answer"] == "same" && p["reason"] == "KK asli sudah dilihat"));
}
