-- What a decision rested on is kept as it was, like the audit trail.
CREATE FUNCTION snapshots_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER finding_snapshots_no_update BEFORE UPDATE OR DELETE ON finding_snapshots
FOR EACH ROW EXECUTE FUNCTION snapshots_append_only();
CREATE TRIGGER kept_policies_no_update BEFORE UPDATE OR DELETE ON kept_policies
FOR EACH ROW EXECUTE FUNCTION snapshots_append_only();
