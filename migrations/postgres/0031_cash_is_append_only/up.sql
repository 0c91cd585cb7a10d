-- Who took which money, the treasurer's book and what went back to the treasury are never edited.
CREATE TRIGGER hand_overs_no_update BEFORE UPDATE OR DELETE ON hand_overs
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER cash_entries_no_update BEFORE UPDATE OR DELETE ON cash_entries
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER cash_counts_no_update BEFORE UPDATE OR DELETE ON cash_counts
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER cash_closings_no_update BEFORE UPDATE OR DELETE ON cash_closings
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER deposits_no_update BEFORE UPDATE OR DELETE ON deposits
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER deposit_items_no_update BEFORE UPDATE OR DELETE ON deposit_items
FOR EACH ROW EXECUTE FUNCTION money_append_only();
