-- Money's history is never edited: neither an entry of the books nor a paper of the treasury.
CREATE FUNCTION money_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE OR DELETE ON ledger_entries
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER budget_revisions_no_update BEFORE UPDATE OR DELETE ON budget_revisions
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER treasury_papers_no_update BEFORE UPDATE OR DELETE ON treasury_papers
FOR EACH ROW EXECUTE FUNCTION money_append_only();
-- Of a payment only its way may change, never whom, what or how much.
CREATE TRIGGER payment_items_fixed BEFORE UPDATE OF order_id, position, claim_id, replaces_id, reference, amount, method, bank, account, holder, payee ON payment_items
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER payment_items_no_delete BEFORE DELETE ON payment_items
FOR EACH ROW EXECUTE FUNCTION money_append_only();
