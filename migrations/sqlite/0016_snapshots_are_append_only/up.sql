-- What a decision rested on is kept as it was, like the audit trail.
CREATE TRIGGER finding_snapshots_no_update BEFORE UPDATE ON finding_snapshots
BEGIN SELECT RAISE(ABORT, 'finding_snapshots is append-only'); END;
CREATE TRIGGER finding_snapshots_no_delete BEFORE DELETE ON finding_snapshots
BEGIN SELECT RAISE(ABORT, 'finding_snapshots is append-only'); END;
CREATE TRIGGER kept_policies_no_update BEFORE UPDATE ON kept_policies
BEGIN SELECT RAISE(ABORT, 'kept_policies is append-only'); END;
CREATE TRIGGER kept_policies_no_delete BEFORE DELETE ON kept_policies
BEGIN SELECT RAISE(ABORT, 'kept_policies is append-only'); END;
