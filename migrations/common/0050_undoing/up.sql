-- Undoing what was decided: decrees amended row by row, claims annulled by two persons, wrongly paid money that comes back in parts.

-- A row of an amending decree strikes a row of the decree it amends, or changes to whom it is paid.
CREATE TABLE decree_items_amended (
  decree_id TEXT NOT NULL REFERENCES decrees (id),
  position BIGINT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  amount BIGINT NOT NULL CHECK (amount > 0),
  change TEXT NOT NULL CHECK (change IN ('list', 'strike', 'amend')),
  struck_by TEXT REFERENCES decrees (id),
  PRIMARY KEY (decree_id, position)
);
INSERT INTO decree_items_amended SELECT decree_id, position, claim_id, office_id, amount, change, struck_by FROM decree_items;
DROP TABLE decree_items;
ALTER TABLE decree_items_amended RENAME TO decree_items;
-- A claim stands on one decree at a time.
CREATE UNIQUE INDEX decree_items_claim_once ON decree_items (claim_id) WHERE change = 'list' AND struck_by IS NULL;
CREATE INDEX decree_items_by_claim ON decree_items (claim_id);

-- An amending decree in the making: proposed with its rows by the finance office, locked by the head of agency.
CREATE TABLE amendments (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  decree_id TEXT NOT NULL REFERENCES decrees (id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'locked', 'withdrawn')),
  -- The rows as they were proposed: which claim at which version, struck or changed, why (JSON).
  rows TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  evidence_type TEXT NOT NULL,
  proposed_by TEXT NOT NULL REFERENCES users (id),
  proposed_at TIMESTAMP NOT NULL,
  decided_by TEXT REFERENCES users (id),
  decided_at TIMESTAMP,
  -- Why it was withdrawn.
  reason TEXT NOT NULL,
  -- The amending decree it became.
  amending_id TEXT REFERENCES decrees (id),
  CHECK ((state = 'locked') = (amending_id IS NOT NULL))
);
CREATE UNIQUE INDEX amendments_one_open ON amendments (decree_id) WHERE state = 'proposed';
CREATE INDEX amendments_by_office ON amendments (office_id, proposed_at);

-- That a claim shall be annulled: asked for by one person, decided by another.
CREATE TABLE annulments (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
  ground TEXT NOT NULL,
  words TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  evidence_type TEXT NOT NULL,
  asked_by TEXT NOT NULL REFERENCES users (id),
  asked_at TIMESTAMP NOT NULL,
  decided_by TEXT REFERENCES users (id),
  decided_at TIMESTAMP,
  reason TEXT NOT NULL
);
CREATE UNIQUE INDEX annulments_one_open ON annulments (claim_id) WHERE state = 'asked';
CREATE INDEX annulments_by_claim ON annulments (claim_id, asked_at);

-- People who were called dead and are alive, as an annulled claim found. What registers said of their death before says nothing more.
CREATE TABLE found_alive (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_code TEXT NOT NULL,
  register_id TEXT NOT NULL,
  nik TEXT,
  name TEXT NOT NULL,
  found_by TEXT NOT NULL REFERENCES users (id),
  found_at TIMESTAMP NOT NULL
);
CREATE INDEX found_alive_by_nik ON found_alive (office_id, nik);
CREATE INDEX found_alive_by_row ON found_alive (office_id, register_id);

-- Money that reached the wrong person and has to come back: one case for each such payment.
CREATE TABLE recovery_cases (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  annulment_id TEXT NOT NULL REFERENCES annulments (id),
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  debtor TEXT NOT NULL,
  debtor_nik TEXT,
  debtor_address TEXT NOT NULL,
  owed BIGINT NOT NULL CHECK (owed > 0),
  state TEXT NOT NULL CHECK (state IN ('open', 'settled')),
  opened_on DATE NOT NULL,
  opened_by TEXT NOT NULL REFERENCES users (id),
  opened_at TIMESTAMP NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (item_id)
);
CREATE INDEX recovery_cases_by_office ON recovery_cases (office_id, state, opened_at);
CREATE INDEX recovery_cases_by_claim ON recovery_cases (claim_id);
CREATE INDEX recovery_cases_by_debtor ON recovery_cases (office_id, debtor_nik);

-- How the debtor pays back. A plan is never changed; a new one is agreed and the old one kept.
CREATE TABLE recovery_plans (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  case_id TEXT NOT NULL REFERENCES recovery_cases (id),
  position BIGINT NOT NULL,
  -- What was still owed when it was agreed: the sum of its instalments.
  covers BIGINT NOT NULL CHECK (covers > 0),
  basis TEXT NOT NULL,
  agreed_on DATE NOT NULL,
  made_by TEXT NOT NULL REFERENCES users (id),
  made_at TIMESTAMP NOT NULL,
  UNIQUE (case_id, position)
);

CREATE TABLE recovery_instalments (
  plan_id TEXT NOT NULL REFERENCES recovery_plans (id),
  position BIGINT NOT NULL,
  office_id TEXT NOT NULL REFERENCES offices (id),
  due_on DATE NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (plan_id, position)
);

-- Money that came back, under the number of the treasury's slip (STS). A wrong booking is voided and moved back by an entry of its own.
CREATE TABLE recovery_payments (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  case_id TEXT NOT NULL REFERENCES recovery_cases (id),
  position BIGINT NOT NULL,
  paid_on DATE NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  number TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  evidence_type TEXT NOT NULL,
  receipt_number TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES users (id),
  recorded_at TIMESTAMP NOT NULL,
  voided_by TEXT REFERENCES users (id),
  voided_at TIMESTAMP,
  void_reason TEXT NOT NULL,
  UNIQUE (case_id, position),
  CHECK ((voided_by IS NULL) = (voided_at IS NULL))
);
-- A slip is recorded once; after it was voided its number may stand for the right amount.
CREATE UNIQUE INDEX recovery_payments_number_once ON recovery_payments (office_id, number) WHERE voided_at IS NULL;
