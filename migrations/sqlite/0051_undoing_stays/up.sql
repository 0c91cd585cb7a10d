-- What was asked for, decided, agreed and paid back is never edited afterwards.
CREATE TRIGGER amendments_decided BEFORE UPDATE ON amendments WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'amendments is append-only'); END;
CREATE TRIGGER amendments_fixed BEFORE UPDATE OF decree_id, rows, evidence_sha256, evidence_type, proposed_by, proposed_at ON amendments
BEGIN SELECT RAISE(ABORT, 'amendments is append-only'); END;
CREATE TRIGGER amendments_no_delete BEFORE DELETE ON amendments
BEGIN SELECT RAISE(ABORT, 'amendments is append-only'); END;
CREATE TRIGGER annulments_decided BEFORE UPDATE ON annulments WHEN OLD.state <> 'asked'
BEGIN SELECT RAISE(ABORT, 'annulments is append-only'); END;
CREATE TRIGGER annulments_fixed BEFORE UPDATE OF claim_id, ground, words, evidence_sha256, evidence_type, asked_by, asked_at ON annulments
BEGIN SELECT RAISE(ABORT, 'annulments is append-only'); END;
CREATE TRIGGER annulments_no_delete BEFORE DELETE ON annulments
BEGIN SELECT RAISE(ABORT, 'annulments is append-only'); END;
CREATE TRIGGER recovery_cases_fixed BEFORE UPDATE OF claim_id, item_id, annulment_id, debtor, debtor_nik, debtor_address, owed ON recovery_cases
BEGIN SELECT RAISE(ABORT, 'recovery_cases is append-only: who owes what never changes'); END;
CREATE TRIGGER recovery_cases_no_delete BEFORE DELETE ON recovery_cases
BEGIN SELECT RAISE(ABORT, 'recovery_cases is append-only'); END;
CREATE TRIGGER recovery_plans_no_update BEFORE UPDATE ON recovery_plans
BEGIN SELECT RAISE(ABORT, 'recovery_plans is append-only'); END;
CREATE TRIGGER recovery_plans_no_delete BEFORE DELETE ON recovery_plans
BEGIN SELECT RAISE(ABORT, 'recovery_plans is append-only'); END;
CREATE TRIGGER recovery_instalments_no_update BEFORE UPDATE ON recovery_instalments
BEGIN SELECT RAISE(ABORT, 'recovery_instalments is append-only'); END;
CREATE TRIGGER recovery_instalments_no_delete BEFORE DELETE ON recovery_instalments
BEGIN SELECT RAISE(ABORT, 'recovery_instalments is append-only'); END;
CREATE TRIGGER recovery_payments_voided BEFORE UPDATE ON recovery_payments WHEN OLD.voided_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'recovery_payments is append-only'); END;
CREATE TRIGGER recovery_payments_fixed BEFORE UPDATE OF case_id, position, paid_on, amount, number, evidence_sha256, evidence_type, receipt_number, recorded_by, recorded_at ON recovery_payments
BEGIN SELECT RAISE(ABORT, 'recovery_payments is append-only: what came back never changes'); END;
CREATE TRIGGER recovery_payments_no_delete BEFORE DELETE ON recovery_payments
BEGIN SELECT RAISE(ABORT, 'recovery_payments is append-only'); END;
CREATE TRIGGER found_alive_no_update BEFORE UPDATE ON found_alive
BEGIN SELECT RAISE(ABORT, 'found_alive is append-only'); END;
CREATE TRIGGER found_alive_no_delete BEFORE DELETE ON found_alive
BEGIN SELECT RAISE(ABORT, 'found_alive is append-only'); END;
