-- Evidence that was attached and lists that were sent are never edited.
CREATE TRIGGER spj_papers_no_update BEFORE UPDATE ON spj_papers
BEGIN SELECT RAISE(ABORT, 'spj_papers is append-only'); END;
CREATE TRIGGER spj_papers_no_delete BEFORE DELETE ON spj_papers
BEGIN SELECT RAISE(ABORT, 'spj_papers is append-only'); END;
CREATE TRIGGER stop_lists_no_update BEFORE UPDATE ON stop_lists
BEGIN SELECT RAISE(ABORT, 'stop_lists is append-only'); END;
CREATE TRIGGER stop_lists_no_delete BEFORE DELETE ON stop_lists
BEGIN SELECT RAISE(ABORT, 'stop_lists is append-only'); END;
CREATE TRIGGER stop_list_rows_no_update BEFORE UPDATE ON stop_list_rows
BEGIN SELECT RAISE(ABORT, 'stop_list_rows is append-only'); END;
CREATE TRIGGER stop_list_rows_no_delete BEFORE DELETE ON stop_list_rows
BEGIN SELECT RAISE(ABORT, 'stop_list_rows is append-only'); END;
CREATE TRIGGER stop_list_draws_no_update BEFORE UPDATE ON stop_list_draws
BEGIN SELECT RAISE(ABORT, 'stop_list_draws is append-only'); END;
CREATE TRIGGER stop_list_draws_no_delete BEFORE DELETE ON stop_list_draws
BEGIN SELECT RAISE(ABORT, 'stop_list_draws is append-only'); END;
