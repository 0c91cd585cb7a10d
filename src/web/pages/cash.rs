//! Cash at the counter: days, the list of a day, one handing-over, the cash book, and money back to the treasury.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// The counter: who waits, which days there are, what nobody collected.
#[derive(Template, WebTemplate)]
#[template(path = "pages/cash_desk.html")]
pub struct CashDeskPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// What lies in the box by the book.
    pub in_box: String,
    /// How many people wait.
    pub waiting_count: usize,
    /// How many of them are not invited yet.
    pub uninvited_count: usize,
    /// What was searched for.
    pub search: String,
    /// People who wait, or those found.
    pub waiting: Vec<CashRow>,
    /// How many more there are than are shown.
    pub more: usize,
    /// Days, the latest first.
    pub days: Vec<DayView>,
    /// Whether this person may act.
    pub can_act: bool,
    /// Villages and kecamatan with people who wait.
    pub areas: Vec<Choice>,
    /// Area as chosen.
    pub area: String,
    /// Date as typed.
    pub date: String,
    /// Beginning as typed.
    pub opens: String,
    /// End as typed.
    pub closes: String,
    /// Place as typed.
    pub place: String,
    /// Number of people as typed.
    pub capacity: String,
    /// Payments that waited long enough to go back.
    pub unclaimed: Vec<CashRow>,
    /// How long the office waits, in days.
    pub unclaimed_days: u32,
}

/// Somebody with money at the counter.
#[derive(Debug, Clone)]
pub struct CashRow {
    /// Id of the payment.
    pub id: String,
    /// Place on the list; 0 without one.
    pub position: i64,
    /// Name of the payee.
    pub payee: String,
    /// Code of the claim.
    pub code: String,
    /// Village.
    pub village: String,
    /// Amount.
    pub amount: String,
    /// Number of the receipt.
    pub receipt: String,
    /// Where it stands.
    pub chip: Chip,
    /// Whether the money can be handed over now.
    pub can_give: bool,
    /// Who may come in the payee's place, or since when it could go back.
    pub remark: String,
    /// Whether it is ticked.
    pub checked: bool,
}

/// A collection day in the list.
#[derive(Debug, Clone)]
pub struct DayView {
    /// Address.
    pub href: String,
    /// Day and time.
    pub when: String,
    /// Area and place.
    pub place: String,
    /// How many came.
    pub people: String,
    /// Whether it is open.
    pub chip: Chip,
}

/// One collection day: the list to print and to work from.
#[derive(Template, WebTemplate)]
#[template(path = "pages/cash_day.html")]
pub struct CashDayPage {
    /// Frame.
    pub shell: Shell,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Id.
    pub id: String,
    /// Whether it is open.
    pub chip: Chip,
    /// Where, when, for whom.
    pub facts: Vec<Fact>,
    /// What was searched for.
    pub search: String,
    /// People on the list, or those found.
    pub people: Vec<CashRow>,
    /// Sum of the list.
    pub total: String,
    /// Whether this person may end the day now.
    pub can_close: bool,
    /// Title and name of who signs the printed list.
    pub signatory: Fact,
}

/// The notice of a day, one list for each village, to be printed and put up.
#[derive(Template, WebTemplate)]
#[template(path = "pages/cash_notice.html")]
pub struct CashNoticePage {
    /// Frame.
    pub shell: Shell,
    /// Address of the day.
    pub back: String,
    /// Day, time, place.
    pub facts: Vec<Fact>,
    /// Villages with code and name of everybody invited.
    pub villages: Vec<(String, Vec<Fact>)>,
    /// What to bring.
    pub bring: Vec<String>,
    /// Where to ask.
    pub contact: String,
}

/// One payment at the counter.
#[derive(Template, WebTemplate)]
#[template(path = "pages/hand_over.html")]
pub struct HandOverPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Id of the payment.
    pub id: String,
    /// Version, against stale acts.
    pub version: i64,
    /// Where it stands.
    pub chip: Chip,
    /// Who, how much, which receipt.
    pub facts: Vec<Fact>,
    /// Whether this person may hand it over now.
    pub can_give: bool,
    /// Who may take it.
    pub receivers: Vec<Choice>,
    /// Papers that count.
    pub papers: Vec<Choice>,
    /// What may stand on the receipt.
    pub marks: Vec<Choice>,
    /// Digits as typed.
    pub digits: String,
    /// Whether a proxy is named, so that the letter is asked for.
    pub asks_letter: bool,
    /// Number of the power of attorney as typed.
    pub letter: String,
    /// How it was handed over; empty before.
    pub given: Vec<Fact>,
    /// Address of the photo; empty without one.
    pub photo: String,
    /// Whether this person may take it back.
    pub can_undo: bool,
    /// Reason as typed.
    pub reason: String,
    /// The form for the next heir, where the heir may have died before collecting.
    pub next_heir: Option<NextHeirBox>,
    /// Address of the list it came from.
    pub back: String,
}

/// The form for the next heir.
#[derive(Debug, Clone)]
pub struct NextHeirBox {
    /// Name, NIK and address of the next heir, and what it rests on, as typed.
    pub typed: [String; 4],
    /// Relations to choose from.
    pub relations: Vec<Choice>,
    /// Relation as chosen.
    pub relation: String,
}

/// The cash book of one day.
#[derive(Template, WebTemplate)]
#[template(path = "pages/cash_book.html")]
pub struct CashBookPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// The day, as forms send it.
    pub day: String,
    /// Whether it is closed.
    pub chip: Chip,
    /// Balance when the day began.
    pub opening: String,
    /// Lines.
    pub rows: Vec<BookRow>,
    /// What came in.
    pub received: String,
    /// What went out.
    pub given: String,
    /// Balance at the end.
    pub balance: String,
    /// The balance in words.
    pub in_words: String,
    /// How it was counted and closed; empty before.
    pub counted: Vec<Fact>,
    /// Whether this person may count now.
    pub can_count: bool,
    /// Whether this person may explain a difference now.
    pub can_explain: bool,
    /// Cash as typed.
    pub cash: String,
    /// Money in the account as typed.
    pub in_bank: String,
    /// Explanation as typed.
    pub explanation: String,
    /// Days with lines, newest first.
    pub days: Vec<Link>,
    /// Who signs.
    pub signatories: Vec<Fact>,
}

/// A line of the book; payments of one order that came in together are one line.
#[derive(Debug, Clone)]
pub struct BookRow {
    /// Number of the line, or of the first and the last.
    pub number: String,
    /// What happened.
    pub what: String,
    /// Receipt, SP2D, slip.
    pub evidence: String,
    /// Came in; empty if it went out.
    pub received: String,
    /// Went out; empty if it came in.
    pub given: String,
    /// Balance after it.
    pub balance: String,
}

/// Money back to the treasury.
#[derive(Template, WebTemplate)]
#[template(path = "pages/deposits.html")]
pub struct DepositsPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Payments that came back.
    pub returned: Vec<CashRow>,
    /// Their sum.
    pub total: String,
    /// Whether this person may act.
    pub can_act: bool,
    /// Number as typed.
    pub number: String,
    /// Date as typed.
    pub date: String,
    /// Value as typed.
    pub value: String,
    /// Slips, newest first.
    pub slips: Vec<SlipView>,
    /// Deposited payments of closed years that may be paid from this year's money.
    pub late: Vec<CashRow>,
    /// Reason as typed.
    pub late_reason: String,
}

/// A recorded slip.
#[derive(Debug, Clone)]
pub struct SlipView {
    /// Number.
    pub number: String,
    /// Date, value, by whom.
    pub remark: String,
    /// Payments on it.
    pub rows: Vec<SlipRow>,
}

/// A payment on a slip.
#[derive(Debug, Clone)]
pub struct SlipRow {
    /// Id of the payment.
    pub id: String,
    /// Version, against stale acts.
    pub version: i64,
    /// Name of the payee.
    pub payee: String,
    /// Code of the claim.
    pub code: String,
    /// Amount.
    pub amount: String,
    /// Where it stands.
    pub chip: Chip,
    /// Whether it may be drawn again.
    pub can_redraw: bool,
    /// Key of the reason.
    pub key: String,
    /// Reason as typed.
    pub reason: String,
}
