//! Who may ask for what: every route, every role, every region, and forms that are not ours.

use rocket::http::{Method, Status};
use santunan::domain::access::Role;
use santunan::web::routes::{Access, ROUTES, as_markdown, path_of, rule_of};

use super::world::{Page, World, borrowed, claim_fields};

/// A path with something in every place.
fn filled(path: &str) -> String {
    path.replace("<code>", "BTG-TIDAKADA").replace("<id>", "0").replace("<name>", "x").replace("<year>", "2026")
}

#[test]
fn the_table_and_the_mounted_routes_are_the_same() {
    let world = World::new();
    let mounted: Vec<_> = world.client.rocket().routes().collect();
    for route in &mounted {
        assert!(rule_of(route).is_some(), "not in the table: {} {}", route.method, path_of(route));
    }
    for rule in ROUTES {
        assert!(mounted.iter().any(|r| r.method == rule.method && path_of(r) == rule.path), "not mounted: {} {}", rule.method, rule.path);
    }
    assert_eq!(as_markdown().lines().count(), ROUTES.len() + 2);
}

#[test]
fn without_login_every_inner_route_leads_to_the_door() {
    let world = World::new();
    for rule in ROUTES.iter().filter(|r| r.access != Access::Public) {
        let path = filled(rule.path);
        let request = match rule.method {
            Method::Get => world.client.get(path.clone()),
            _ => world.client.post(path.clone()).header(rocket::http::ContentType::Form),
        };
        let page = Page::of(request.dispatch());
        if path.starts_with("/api/") {
            assert_eq!(page.status, Status::Unauthorized, "{path}");
            assert!(page.body.contains("login_required"), "{path}");
        } else {
            assert_eq!(page.status, Status::SeeOther, "{path}");
            assert!(page.location.starts_with("/masuk"), "{path}: {}", page.location);
        }
    }
}

#[test]
fn every_route_admits_the_roles_of_the_table_and_nobody_else() {
    let world = World::new();
    let users = [
        ("operator.wonotunggal", Role::Operator),
        ("kades.wonotunggal", Role::VillageHead),
        ("", Role::Verifier),
        ("", Role::Approver),
        ("", Role::Finance),
        ("", Role::Auditor),
    ];
    for (username, role) in users {
        let person = if username.is_empty() { world.officer(role) } else { world.log_in(username) };
        for rule in ROUTES.iter().filter(|r| r.path != "/keluar") {
            let path = filled(rule.path);
            let page = match rule.method {
                Method::Get => person.get(&path),
                _ if path.starts_with("/api/") => person.post_json(&path, "{}", Some(&person.csrf)),
                _ => person.post(&path, &[]),
            };
            let refused = page.status == Status::Forbidden;
            assert_eq!(refused, !rule.admits(role), "{role} {} {path}: {}", rule.method, page.status);
        }
    }
}

#[test]
fn another_villages_claim_does_not_exist() {
    let world = World::new();
    let clerk = world.operator();
    let code = clerk.file(0);
    let receipt = clerk.get(&format!("/permohonan/{code}/tercatat")).between("class=\"btn\" href=\"", "\"");
    let other = world.log_in("operator.kalisari");
    let head = world.log_in("kades.kalisari");
    for path in [
        format!("/permohonan/{code}"),
        format!("/permohonan/{code}/tercatat"),
        format!("/permohonan/{code}/perbaiki"),
        receipt,
        format!("/api/v1/claims/{code}"),
    ] {
        assert_eq!(other.get(&path).status, Status::NotFound, "{path}");
    }
    head.post(&format!("/permohonan/{code}/langkah"), &[("langkah", "endorse"), ("versi", "1")]).is(Status::NotFound);
    other.get("/beranda").lacks(&code);
    world.operator().get(&format!("/permohonan/{code}")).shows("Menunggu pengesahan desa");
}

#[test]
fn a_form_without_token_or_from_elsewhere_changes_nothing() {
    let world = World::new();
    let clerk = world.operator();
    let fields = claim_fields(&world, 0, "k");
    let fields = borrowed(&fields);
    let refused = |page: Page, code: &str| {
        assert_eq!(page.status, Status::Forbidden, "{}", page.text());
        page.shows(code);
    };
    refused(clerk.post_as("/permohonan/baru", &fields, None), "sesi yang sudah berakhir");
    let foreign_token = world.village_head().csrf;
    refused(
        clerk.post_as("/permohonan/baru", &[&[("_csrf", foreign_token.as_str())], fields.as_slice()].concat(), None),
        "sesi yang sudah berakhir",
    );
    let own = [&[("_csrf", clerk.csrf.as_str())], fields.as_slice()].concat();
    refused(clerk.post_as("/permohonan/baru", &own, Some("http://jahat.example")), "tidak berasal dari halaman aplikasi");
    refused(clerk.post_as("/permohonan/baru", &own, Some("null")), "tidak berasal dari halaman aplikasi");
    clerk.get("/beranda").shows("Tidak ada permohonan");
}
