-- What banks answered, what people made of it, and where money was sent instead are kept as they were.
CREATE TRIGGER bank_reports_no_update BEFORE UPDATE OR DELETE ON bank_reports
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER bank_report_lines_no_update BEFORE UPDATE OR DELETE ON bank_report_lines
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER bank_line_answers_no_update BEFORE UPDATE OR DELETE ON bank_line_answers
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER payment_corrections_no_update BEFORE UPDATE OR DELETE ON payment_corrections
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER correction_decisions_no_update BEFORE UPDATE OR DELETE ON correction_decisions
FOR EACH ROW EXECUTE FUNCTION money_append_only();
