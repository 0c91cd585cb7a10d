-- What was decided about a year, and that a programme stood still, is never edited afterwards.
CREATE TRIGGER year_acts_decided BEFORE UPDATE ON year_acts
FOR EACH ROW WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION money_append_only();
CREATE TRIGGER year_acts_no_delete BEFORE DELETE ON year_acts
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER programme_periods_resumed BEFORE UPDATE ON programme_periods
FOR EACH ROW WHEN (OLD.resumed_at IS NOT NULL) EXECUTE FUNCTION money_append_only();
CREATE TRIGGER programme_periods_no_delete BEFORE DELETE ON programme_periods
FOR EACH ROW EXECUTE FUNCTION money_append_only();
