//! Handlers: read the form, call one office act, show what came of it.

mod attention;
mod bank_profile;
mod cash;
mod cash_book;
mod claims;
mod decide;
mod door;
mod files;
mod finance;
mod identity;
mod letter_check;
mod mapping;
mod new_claim;
mod order;
mod public;
mod register;
mod renewal;
mod result;
mod spj;
mod stop_list;
mod undo;
mod year;

use rocket::http::Status;
use rocket::response::{Redirect, Responder};
use rocket::{Request, Route, routes};

use super::problem::Problem;

/// What a page handler answers: the page, or a problem in kind words.
pub(super) type Answer<T> = Result<T, Problem>;

/// What a form handler answers: on to the next page, or the same page again with what was typed.
pub(super) enum Reply<P> {
    /// Post, redirect, get.
    Go(String),
    /// The page again.
    Again(Status, Box<P>),
}

impl<'r, P: Responder<'r, 'static>> Responder<'r, 'static> for Reply<P> {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match self {
            Self::Go(to) => Redirect::to(to).respond_to(request),
            Self::Again(status, page) => (status, *page).respond_to(request),
        }
    }
}

/// Every page of the application.
pub(super) fn all() -> Vec<Route> {
    [office(), money(), undoing()].concat()
}

/// Pages about claims, people and data.
fn office() -> Vec<Route> {
    routes![
        public::landing,
        public::rules,
        public::status_form,
        public::status,
        letter_check::form,
        letter_check::by_code,
        letter_check::by_file,
        letter_check::keys,
        public::asset,
        public::healthz,
        public::readyz,
        door::form,
        door::log_in,
        door::log_out,
        claims::home,
        claims::all,
        claims::one,
        claims::filed,
        new_claim::form,
        new_claim::send,
        new_claim::repair_form,
        new_claim::repair,
        decide::step,
        identity::answer,
        files::paper,
        files::letter,
        attention::desk,
        attention::disputes,
        attention::act,
        register::desk,
        register::look,
        register::rows,
        register::apply,
        register::cancel,
        mapping::keep,
        mapping::sample,
        stop_list::desk,
        stop_list::make,
        stop_list::fetch,
    ]
}

/// Pages about money.
fn money() -> Vec<Route> {
    routes![
        finance::desk,
        finance::decree,
        finance::sign,
        finance::order,
        order::one,
        order::paper,
        order::step,
        order::bundle,
        order::bank_file,
        order::inspect,
        year::desk,
        year::add,
        year::revise,
        year::limit,
        year::announce,
        year::release,
        year::programme,
        year::end,
        cash::desk,
        cash::plan_day,
        cash::day,
        cash::notice,
        cash::end_day,
        cash::payment,
        cash::give,
        cash::undo,
        cash::next_heir,
        cash::photo,
        cash::unclaimed,
        cash_book::book,
        cash_book::count,
        cash_book::explain,
        cash_book::deposits,
        cash_book::record,
        cash_book::draw,
        cash_book::pay_late,
        order::answer,
        result::desk,
        result::import,
        result::one,
        result::line,
        renewal::desk,
        renewal::propose,
        renewal::order,
        renewal::judge,
        renewal::evidence,
        bank_profile::desk,
        bank_profile::act,
        spj::desk,
        spj::order,
        spj::file,
        spj::payment,
        spj::attach,
        spj::scan,
    ]
}

/// Pages about what is undone after the fact.
fn undoing() -> Vec<Route> {
    routes![
        undo::amend_form,
        undo::amend,
        undo::amendment,
        undo::decide_amendment,
        undo::amendment_evidence,
        undo::annul_form,
        undo::ask,
        undo::judge,
        undo::annul_evidence,
        undo::all_recoveries,
        undo::one_recovery,
        undo::plan,
        undo::part,
        undo::correct,
        undo::slip,
    ]
}
