-- Where the money of a returned payment shall go instead: old and new account, with the evidence. A proposal is never changed.
CREATE TABLE payment_corrections (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  return_code TEXT NOT NULL,
  old_method TEXT NOT NULL CHECK (old_method IN ('bank', 'cash')),
  old_bank TEXT NOT NULL,
  old_account TEXT NOT NULL,
  old_holder TEXT NOT NULL,
  new_method TEXT NOT NULL CHECK (new_method IN ('bank', 'cash')),
  new_bank TEXT NOT NULL,
  new_account TEXT NOT NULL,
  new_holder TEXT NOT NULL,
  -- The next heir, where the payee died or was the wrong one (JSON of the heir); else empty.
  new_payee TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  evidence_type TEXT NOT NULL,
  proposed_by TEXT NOT NULL REFERENCES users (id),
  proposed_at TIMESTAMP NOT NULL
);
CREATE INDEX payment_corrections_by_item ON payment_corrections (item_id);
CREATE INDEX payment_corrections_by_office ON payment_corrections (office_id, proposed_at);

-- The fresh approval, or its refusal; once.
CREATE TABLE correction_decisions (
  correction_id TEXT NOT NULL PRIMARY KEY REFERENCES payment_corrections (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  approved BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES users (id),
  decided_at TIMESTAMP NOT NULL
);
