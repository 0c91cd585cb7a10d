-- What was decided about a year, and that a programme stood still, is never edited afterwards.
CREATE TRIGGER year_acts_decided BEFORE UPDATE ON year_acts WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'year_acts is append-only once decided'); END;
CREATE TRIGGER year_acts_no_delete BEFORE DELETE ON year_acts
BEGIN SELECT RAISE(ABORT, 'year_acts is append-only'); END;
CREATE TRIGGER programme_periods_resumed BEFORE UPDATE ON programme_periods WHEN OLD.resumed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'programme_periods is append-only once resumed'); END;
CREATE TRIGGER programme_periods_no_delete BEFORE DELETE ON programme_periods
BEGIN SELECT RAISE(ABORT, 'programme_periods is append-only'); END;
