-- Evidence that was attached and lists that were sent are never edited.
CREATE TRIGGER spj_papers_no_update BEFORE UPDATE OR DELETE ON spj_papers
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER stop_lists_no_update BEFORE UPDATE OR DELETE ON stop_lists
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER stop_list_rows_no_update BEFORE UPDATE OR DELETE ON stop_list_rows
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER stop_list_draws_no_update BEFORE UPDATE OR DELETE ON stop_list_draws
FOR EACH ROW EXECUTE FUNCTION money_append_only();
