//! The pages. Each struct is one template with everything it shows; nothing is looked up while it is written.

mod alert;
mod attention;
mod bank_profile;
mod cash;
mod claim;
mod claim_form;
mod finance;
mod forecast;
mod letter_check;
mod order;
mod problem;
mod public;
mod queue;
mod register;
mod renewal;
mod result;
mod spj;
mod stop_list;
#[cfg(test)]
mod tests;
mod undo;
mod year;

pub use alert::AlertView;
pub use attention::{AttentionPage, DisputeView, DisputedField, DisputesPage, TaskView};
pub use bank_profile::{ProfileView, ProfilesPage, TrialFile};
pub use cash::{
    BookRow, CashBookPage, CashDayPage, CashDeskPage, CashNoticePage, CashRow, DayView, DepositsPage, HandOverPage, NextHeirBox, SlipRow,
    SlipView,
};
pub use claim::{ActionView, ClaimFiledPage, ClaimPage, CompareRow, DocumentView, FindingView, Group, PairView};
pub use claim_form::{ClaimFormPage, DocumentInput, FamilyMember, Lookup, StandInParts};
pub use finance::{DecreeView, FinancePage, OrderLink, WaitingRow};
pub use forecast::{ForecastRow, ForecastView};
pub use letter_check::{LetterCheckPage, LetterView};
pub use order::{OrderPage, PaymentRow};
pub use problem::ProblemPage;
pub use public::{CasePapers, LandingPage, LoginPage, PublicClaim, RequirementsPage, RouteView, Stage, StatusPage};
pub use queue::{BudgetView, ClaimRow, QueuePage, Stat};
pub use register::{AsideView, MappingView, PreviewView, RegisterPage, ReleaseView};
pub use renewal::{ProposalView, ReturnedView, ReturnsPage};
pub use result::{LineRow, ReportPage, ReportRow, ResultsPage};
pub use spj::{SpjLineRow, SpjOrderPage, SpjOrderRow, SpjPage, SpjPaymentPage, SpjPaymentRow, SpjSums};
pub use stop_list::{StopListPage, StopListView, StopPreview};
pub use undo::{
    AmendChoice, AmendPage, AmendRow, AmendmentPage, AnnulPage, CaseRow, ChangeView, ChangesView, DueRow, PartRow, RecoveriesPage,
    RecoveryPage, RequestView,
};
pub use year::{AskedBox, DocumentRow, LineBox, MoneyRow, PlaceRow, WaitingBox, Written, YearEndBox, YearPage};
