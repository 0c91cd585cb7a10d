//! Faults of the program itself, put in on purpose: what the invariants are good for is shown by what they find.

/// One rule of the office, broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A decree may be ordered twice.
    SecondPayment,
    /// A second claim for one death is let in.
    SecondClaim,
    /// An entry's credit never reaches the kept balance.
    LostCreditLeg,
    /// Returned money is not booked.
    EntryForgotten,
    /// Anybody approves whatever stands anywhere.
    StateTableIgnored,
    /// Who made an order may check it.
    CheckerIsMaker,
    /// Nobody remembers who did what on a claim.
    DutiesForgotten,
    /// The counter hands money over before the order is released.
    PaidUnsent,
    /// Where the ceiling ends, money appears that no document gave.
    MoneyFromNowhere,
    /// An order is one rupiah more than its decree.
    OrderOffByOne,
    /// A paper may differ by a rupiah.
    PaperOffByOne,
    /// A renewed payment keeps the reference of the failed one.
    ReferenceReused,
    /// A number is left out.
    NumberSkipped,
    /// The waiting list is served by whoever asks.
    QueueJumped,
    /// A refused claim is quietly opened again.
    RefusalReopened,
    /// A revision adds what it says instead of setting it.
    RevisionAdds,
    /// A line of a report nobody knows settles the first payment that waits.
    AnswerGuessed,
    /// What nobody collected stays in the drawer's book.
    DrawerForgotten,
    /// A hold leaves no trail.
    TrailForgotten,
    /// A correction may be corrected again.
    CorrectedTwice,
    /// The receipt is written when the order is made.
    ReceiptTooEarly,
    /// An instalment counts twice.
    InstalmentTwice,
    /// An order is closed over open payments.
    ClosedOpen,
    /// A family's own people may decide.
    OwnFamilyDecides,
    /// A crash leaves the number it had taken.
    CrashKeepsNumber,
    /// A version is not compared.
    StaleTaken,
    /// A renewed payment does not say which one failed.
    LinkForgotten,
    /// A correction is approved by who asked for it.
    SelfApproved,
    /// An amending decree does not strike the row.
    RowNotStruck,
    /// The bank gets every payment twice.
    SentTwice,
    /// Money is drawn again from a closed year.
    DrawnAfterClose,
    /// An amount larger than the file is handed to the bank.
    FileTotalOff,
    /// The counter hands money to whoever comes.
    AnyCollector,
    /// A claim whose money is with somebody is annulled, and nobody follows the money.
    CaseForgotten,
    /// A slip of the treasury counts for two instalments.
    SlipTwice,
    /// A row is struck although its payment is ordered.
    OrderedRowStruck,
    /// A plan leaves something of the debt out.
    PlanForgivesRupiah,
    /// Who asked for an annulment decides about it.
    AskerDecides,
}

impl Flaw {
    /// Every flaw.
    pub const ALL: [Self; 38] = [
        Self::SecondPayment,
        Self::SecondClaim,
        Self::LostCreditLeg,
        Self::EntryForgotten,
        Self::StateTableIgnored,
        Self::CheckerIsMaker,
        Self::DutiesForgotten,
        Self::PaidUnsent,
        Self::MoneyFromNowhere,
        Self::OrderOffByOne,
        Self::PaperOffByOne,
        Self::ReferenceReused,
        Self::NumberSkipped,
        Self::QueueJumped,
        Self::RefusalReopened,
        Self::RevisionAdds,
        Self::AnswerGuessed,
        Self::DrawerForgotten,
        Self::TrailForgotten,
        Self::CorrectedTwice,
        Self::ReceiptTooEarly,
        Self::InstalmentTwice,
        Self::ClosedOpen,
        Self::OwnFamilyDecides,
        Self::CrashKeepsNumber,
        Self::StaleTaken,
        Self::LinkForgotten,
        Self::SelfApproved,
        Self::RowNotStruck,
        Self::SentTwice,
        Self::DrawnAfterClose,
        Self::FileTotalOff,
        Self::AnyCollector,
        Self::CaseForgotten,
        Self::SlipTwice,
        Self::OrderedRowStruck,
        Self::PlanForgivesRupiah,
        Self::AskerDecides,
    ];
}
