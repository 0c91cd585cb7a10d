-- What was asked for, decided, agreed and paid back is never edited afterwards.
CREATE TRIGGER amendments_decided BEFORE UPDATE ON amendments
FOR EACH ROW WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION money_append_only();
CREATE TRIGGER amendments_fixed BEFORE UPDATE OF decree_id, rows, evidence_sha256, evidence_type, proposed_by, proposed_at ON amendments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER amendments_no_delete BEFORE DELETE ON amendments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER annulments_decided BEFORE UPDATE ON annulments
FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION money_append_only();
CREATE TRIGGER annulments_fixed BEFORE UPDATE OF claim_id, ground, words, evidence_sha256, evidence_type, asked_by, asked_at ON annulments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER annulments_no_delete BEFORE DELETE ON annulments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_cases_fixed BEFORE UPDATE OF claim_id, item_id, annulment_id, debtor, debtor_nik, debtor_address, owed ON recovery_cases
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_cases_no_delete BEFORE DELETE ON recovery_cases
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_plans_no_update BEFORE UPDATE OR DELETE ON recovery_plans
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_instalments_no_update BEFORE UPDATE OR DELETE ON recovery_instalments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_payments_voided BEFORE UPDATE ON recovery_payments
FOR EACH ROW WHEN (OLD.voided_at IS NOT NULL) EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_payments_fixed BEFORE UPDATE OF case_id, position, paid_on, amount, number, evidence_sha256, evidence_type, receipt_number, recorded_by, recorded_at ON recovery_payments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER recovery_payments_no_delete BEFORE DELETE ON recovery_payments
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER found_alive_no_update BEFORE UPDATE OR DELETE ON found_alive
FOR EACH ROW EXECUTE FUNCTION money_append_only();
