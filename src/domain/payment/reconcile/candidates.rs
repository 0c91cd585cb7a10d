//! Which payment a line of a report is about.

use std::collections::{BTreeSet, HashMap};

use super::super::super::money::Rupiah;
use super::super::banks::fold_name;
use super::super::report::{ReportLine, Scope};
use super::SentItem;

/// Whom a line is about.
pub(super) enum Found<'a> {
    /// The item whose number stands in the line.
    ByReference(&'a SentItem),
    /// The only item with this account, amount and name; the line carries no number.
    ByAccount(&'a SentItem),
    /// More than one could be meant.
    Several,
    /// Nobody.
    Nobody,
}

/// Everything that was sent, by what lines name.
pub(super) struct Candidates<'a> {
    references: HashMap<String, Vec<&'a SentItem>>,
    accounts: HashMap<(String, Rupiah), Vec<&'a SentItem>>,
    messages: HashMap<&'a str, Vec<&'a SentItem>>,
    parts: HashMap<&'a str, Vec<&'a SentItem>>,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(items: &'a [SentItem]) -> Self {
        let mut all = Self { references: HashMap::new(), accounts: HashMap::new(), messages: HashMap::new(), parts: HashMap::new() };
        for item in items {
            all.references.entry(plain(&item.reference)).or_default().push(item);
            all.accounts.entry((bare(item.account.expose()), item.amount)).or_default().push(item);
            if let Some(message) = &item.bank_message_id {
                all.messages.entry(message).or_default().push(item);
            }
            if let Some(part) = &item.bank_part_id {
                all.parts.entry(part).or_default().push(item);
            }
        }
        all
    }

    /// Whom a line is about: by its number first, then by a number in its text; without any number by account, amount and name
    /// together. A number that is nobody's is not guessed around.
    pub(super) fn meant_by(&self, line: &ReportLine) -> Found<'a> {
        if let Some(items) = line.reference.as_deref().and_then(|reference| self.references.get(&plain(reference))) {
            return only(items).map_or(Found::Several, Found::ByReference);
        }
        let named = self.named_in(line.remark.as_deref().unwrap_or_default());
        match named.as_slice() {
            [item] => return Found::ByReference(item),
            [] if line.reference.is_none() => {}
            [] => return Found::Nobody,
            _ => return Found::Several,
        }
        self.by_account(line)
    }

    /// All items a blanket statement covers.
    pub(super) fn within(&self, scope: &Scope) -> Vec<&'a SentItem> {
        let items = match scope {
            Scope::Message(id) => self.messages.get(id.as_str()),
            Scope::Part(id) => self.parts.get(id.as_str()),
        };
        items.cloned().unwrap_or_default()
    }

    /// Items whose numbers stand as words of their own in a text.
    fn named_in(&self, text: &str) -> Vec<&'a SentItem> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.'));
        let words = words.map(|word| plain(word.trim_matches(['-', '.'])));
        let named: BTreeSet<String> = words.filter(|word| self.references.contains_key(word)).collect();
        named.iter().filter_map(|word| self.references.get(word)).flatten().copied().collect()
    }

    fn by_account(&self, line: &ReportLine) -> Found<'a> {
        let Some(((account, amount), holder)) =
            line.account.as_ref().zip(line.amount.and_then(super::BankAmount::rupiah)).zip(line.holder.as_deref())
        else {
            return Found::Nobody;
        };
        let (key, holder) = ((bare(account.expose()), amount), fold_name(holder));
        let same_name = |item: &&&SentItem| !holder.is_empty() && fold_name(&item.holder.0) == holder;
        let found: Vec<&SentItem> = self.accounts.get(&key).into_iter().flatten().filter(same_name).copied().collect();
        match found.as_slice() {
            [] => Found::Nobody,
            [item] => Found::ByAccount(item),
            _ => Found::Several,
        }
    }
}

fn only<'a>(items: &[&'a SentItem]) -> Option<&'a SentItem> {
    match items {
        [item] => Some(item),
        _ => None,
    }
}

/// A number as it is compared.
fn plain(reference: &str) -> String {
    reference.trim().to_ascii_uppercase()
}

/// An account without the zeros some banks put in front.
fn bare(account: &str) -> String {
    account.trim_start_matches('0').to_owned()
}
