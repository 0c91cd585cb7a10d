-- Money's history is never edited: neither an entry of the books nor a paper of the treasury.
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
CREATE TRIGGER budget_revisions_no_update BEFORE UPDATE ON budget_revisions
BEGIN SELECT RAISE(ABORT, 'budget_revisions is append-only'); END;
CREATE TRIGGER budget_revisions_no_delete BEFORE DELETE ON budget_revisions
BEGIN SELECT RAISE(ABORT, 'budget_revisions is append-only'); END;
CREATE TRIGGER treasury_papers_no_update BEFORE UPDATE ON treasury_papers
BEGIN SELECT RAISE(ABORT, 'treasury_papers is append-only'); END;
CREATE TRIGGER treasury_papers_no_delete BEFORE DELETE ON treasury_papers
BEGIN SELECT RAISE(ABORT, 'treasury_papers is append-only'); END;
-- Of a payment only its way may change, never whom, what or how much.
CREATE TRIGGER payment_items_fixed BEFORE UPDATE OF order_id, position, claim_id, replaces_id, reference, amount, method, bank, account, holder, payee ON payment_items
BEGIN SELECT RAISE(ABORT, 'payment_items is append-only: whom, what and how much never change'); END;
CREATE TRIGGER payment_items_no_delete BEFORE DELETE ON payment_items
BEGIN SELECT RAISE(ABORT, 'payment_items is append-only'); END;
