//! Other programmes are told of every confirmed death once, and told again when the person lives.

use chrono::{Days, NaiveDate};
use santunan::clock::Clock;
use santunan::domain::stop_list::{RowKind, StopListRefused};
use santunan::domain::undo::Ground;
use santunan::exchange::table_file::Form;
use santunan::store::audit;
use santunan::store::stop_lists::{self, StopList};
use santunan::workflow::stop_list::{fetch_list, make_list, plan_list};
use santunan::workflow::{Desk, Refusal};

use crate::support::{Office, a_claim, june, now, on_both_engines};

impl Office {
    fn list(&self, desk: &Desk, programme: &str, until: NaiveDate) -> Result<StopList, Refusal> {
        make_list(desk, self.who("verifikator"), programme, (None, until), "")
    }

    fn csv(&self, list: &StopList) -> (String, String) {
        let (bytes, name) = fetch_list(&self.desk, self.who("kepala.dinas"), &list.id, Form::Csv).unwrap();
        (String::from_utf8(bytes).unwrap(), name)
    }
}

fn refused(result: Result<StopList, Refusal>) -> StopListRefused {
    match result {
        Err(Refusal::StopList(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybody_is_listed_once_for_each_programme() {
    on_both_engines(|office| {
        let first = office.approved(&a_claim());
        office.verified(&a_claim().of_family(1));
        let list = office.list(&office.desk, "pkh", june(22)).unwrap();
        assert_eq!((list.number, list.stops, list.withdrawals), (1, 1, 0));
        let (csv, name) = office.csv(&list);
        let nik = office.claim(&first).content.deceased.nik.number.clone().unwrap().expose().to_owned();
        assert!(csv.contains(&nik) && csv.contains(",HENTI,"), "{csv}");
        let last: i64 = nik[12..].parse().unwrap();
        assert_eq!(list.control, last);
        assert!(csv.contains(&format!("#KENDALI daftar=001 baris=1 henti=1 cabut=0 angka_kendali={last}")), "{csv}");
        assert_eq!(name, "henti-pkh-001-20260622.csv");
        let (again, copy) = office.csv(&list);
        assert_eq!((again, copy.as_str()), (csv, "SALINAN-2_henti-pkh-001-20260622.csv"));
        assert_eq!(refused(office.list(&office.desk, "pkh", june(22))), StopListRefused::Nothing);
        assert_eq!(office.list(&office.desk, "sembako", june(22)).unwrap().number, 1, "each programme has its own lists");
        office.approved(&a_claim().of_family(2));
        let next = office.list(&office.desk, "pkh", june(22)).unwrap();
        assert_eq!((next.number, next.stops), (2, 1));
        office.audit().unwrap();
    });
}

#[test]
fn whoever_lives_is_withdrawn_in_the_next_list() {
    on_both_engines(|office| {
        let [alive, heir] = [0, 1].map(|family| office.approved(&a_claim().of_family(family)));
        assert_eq!(office.list(&office.desk, "pbi-jk", june(22)).unwrap().stops, 2);
        office.annulled(&alive, Ground::PersonAlive);
        office.annulled(&heir, Ground::WrongHeir);
        let planned = plan_list(&office.desk, office.who("verifikator"), "pbi-jk", None, june(22)).unwrap();
        assert_eq!(planned.people.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(), [RowKind::Withdraw]);
        assert_eq!(planned.plan.undone_otherwise, [office.claim(&heir).code]);
        let later = office.desk.at(Clock::Fixed(now() + Days::new(9)));
        let list = office.list(&later, "pbi-jk", june(30)).unwrap();
        assert_eq!((list.number, list.stops, list.withdrawals), (2, 0, 1));
        assert!(office.csv(&list).0.contains(",CABUT\r\n"));
        assert_eq!(refused(office.list(&later, "pbi-jk", june(30))), StopListRefused::Nothing, "withdrawn once");
    });
}

#[test]
fn a_list_is_what_was_seen_and_who_took_it_is_known() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let verifier = office.who("verifikator");
        let planned = plan_list(&office.desk, verifier, "pkh", None, june(22)).unwrap();
        office.approved(&a_claim().of_family(1));
        let stale = make_list(&office.desk, verifier, "pkh", (None, june(22)), &planned.seal);
        assert_eq!(refused(stale), StopListRefused::Changed);
        for who in ["bendahara", "inspektorat", "operator.wonotunggal"] {
            assert_eq!(refused(make_list(&office.desk, office.who(who), "pkh", (None, june(22)), "")), StopListRefused::NotYourRole);
        }
        assert!(matches!(refused(office.list(&office.desk, "raskin", june(22))), StopListRefused::Unknown { .. }));
        assert!(matches!(refused(office.list(&office.desk, "pkh", june(23))), StopListRefused::Period(_)));
        let list = office.list(&office.desk, "pkh", june(22)).unwrap();
        fetch_list(&office.desk, verifier, &list.id, Form::Xlsx).unwrap();
        office.csv(&list);
        let chain = office.desk.store.read(|conn| audit::chain(conn, office.code.as_str())).unwrap();
        let acts = |action: &str| chain.iter().filter(|(entry, _)| entry.action == action).count();
        assert_eq!((acts("stop_list.make"), acts("stop_list.fetch")), (1, 2));
        let kept = office.desk.store.read(|conn| stop_lists::all(conn, &office.code)).unwrap();
        assert_eq!(kept.iter().map(|(list, draws)| (list.number, *draws)).collect::<Vec<_>>(), [(1, 2)]);
        for table in ["stop_lists", "stop_list_rows", "stop_list_draws"] {
            assert!(office.sql(&format!("DELETE FROM {table}")).is_err(), "{table}");
        }
    });
}
