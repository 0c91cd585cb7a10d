//! The JSON interface.

use rocket::http::Status;
use rocket::serde::json::{Value, serde_json};

use super::world::{World, claim_fields};

/// The page's fields as JSON.
fn claim_json(world: &World, n: usize, key: &str) -> String {
    let mut root = serde_json::json!({ "ahli_waris": [{}], "dokumen": [], "almarhum": {}, "pelapor": {}, "rekening": {} });
    for (name, value) in claim_fields(world, n, key).into_iter().filter(|(name, _)| name != "aksi") {
        match name.split_once('.') {
            Some(("ahli_waris[0]", field)) => root["ahli_waris"][0][field] = Value::from(value),
            Some((group, field)) => root[group][field] = Value::from(value),
            None if name == "dokumen" => root["dokumen"].as_array_mut().unwrap().push(Value::from(value)),
            None => root[name.as_str()] = Value::from(value),
        }
    }
    root.to_string()
}

#[test]
fn a_claim_as_json_is_the_same_claim_with_the_same_refusals() {
    let world = World::new();
    let clerk = world.operator();
    let session: Value = serde_json::from_str(&clerk.get("/api/v1/session").body).unwrap();
    let token = session["csrf_token"].as_str().unwrap();
    let body = claim_json(&world, 0, "json-1");
    let filed = clerk.post_json("/api/v1/claims", &body, Some(token));
    filed.is(Status::Created);
    let answer: Value = serde_json::from_str(&filed.body).unwrap();
    assert_eq!((answer["state"].as_str(), answer["repeated"].as_bool()), (Some("submitted"), Some(false)));
    let again = clerk.post_json("/api/v1/claims", &body, Some(token));
    again.is(Status::Ok);
    assert!(again.body.contains(answer["code"].as_str().unwrap()) && again.body.contains("\"repeated\":true"));
    let code = answer["code"].as_str().unwrap();
    let read: Value = serde_json::from_str(&clerk.get(&format!("/api/v1/claims/{code}")).body).unwrap();
    assert_eq!(read["code"], answer["code"]);
    let nik = world.family(0).0.nik.unwrap();
    assert!(!read.to_string().contains(nik.expose()), "no full NIK leaves by this door");
    let double = clerk.post_json("/api/v1/claims", &claim_json(&world, 0, "json-2"), Some(token));
    double.is(Status::Conflict);
    assert!(double.body.contains("deceased_has_claim"));
}

#[test]
fn problems_have_one_body_with_code_and_request_id() {
    let world = World::new();
    let clerk = world.operator();
    let check = |body: &str, token: Option<&str>, status: Status, code: &str| {
        let page = clerk.post_json("/api/v1/claims", body, token);
        assert_eq!(page.status, status, "{}", page.body);
        let problem: Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(problem["code"].as_str(), Some(code));
        assert_eq!(problem["request_id"].as_str().map(str::len), Some(36));
        problem
    };
    let token = clerk.csrf.clone();
    check("{}", None, Status::Forbidden, "csrf");
    check("{", Some(&token), Status::BadRequest, "unreadable");
    check(r#"{"almarhun":{}}"#, Some(&token), Status::BadRequest, "unreadable");
    check(&format!("\"{}\"", "x".repeat(200_000)), Some(&token), Status::PayloadTooLarge, "too_large");
    let problem = check(r#"{"almarhum":{"nik":"33250"}}"#, Some(&token), Status::UnprocessableEntity, "fields");
    let keys: Vec<&str> = problem["fields"].as_array().unwrap().iter().filter_map(|f| f["key"].as_str()).collect();
    assert!(keys.contains(&"almarhum.nik") && keys.contains(&"tgl_meninggal"), "{keys:?}");
    let other_village =
        claim_json(&world, 0, "k").replace("\"kode_desa_pengaju\":\"33.25.01.2006\"", "\"kode_desa_pengaju\":\"33.25.03.2007\"");
    let problem = check(&other_village, Some(&token), Status::UnprocessableEntity, "fields");
    assert_eq!(problem["fields"][0]["key"], "kode_desa_pengaju");
}
