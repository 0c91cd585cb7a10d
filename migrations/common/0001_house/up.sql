-- Types are the portable ones (docs/adr/0003): ids TEXT made by us, NIK and KK TEXT,
-- money BIGINT whole rupiah, instants TIMESTAMP in UTC from our clock, civil dates DATE.
-- Every row belongs to an office (kabupaten), so that a province can host many.

CREATE TABLE offices (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);

-- Office settings and policy packs as the TOML text they came in; the newest of a kind is in force.
CREATE TABLE packs (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  kind TEXT NOT NULL CHECK (kind IN ('office', 'policy', 'emblem')),
  sequence BIGINT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  loaded_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, kind, sequence)
);

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  username TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('operator', 'village_head', 'verifier', 'approver', 'finance', 'auditor', 'admin')),
  region TEXT NOT NULL,
  nik TEXT,
  family_card TEXT,
  password_hash TEXT NOT NULL,
  disabled BOOLEAN NOT NULL,
  failed_logins BIGINT NOT NULL,
  locked_until TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX users_by_nik ON users (office_id, nik);
CREATE INDEX users_by_family_card ON users (office_id, family_card);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  csrf_token TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  last_seen_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- One import of a register: a dated release of a source. Numbered, because the ids of its rows are made of the number.
CREATE TABLE releases (
  id BIGINT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  source TEXT NOT NULL,
  released_on DATE NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_accepted BIGINT NOT NULL,
  rows_set_aside BIGINT NOT NULL,
  imported_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, source, released_on, sha256)
);

-- Tombstones: a recorded death stays, whatever a later import says. One that an approved claim recorded names the claim, and
-- ends only with the approval. Residents are in each engine's own folder.
CREATE TABLE deaths (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  source TEXT NOT NULL,
  recorded_from DATE NOT NULL,
  register_id TEXT NOT NULL,
  nik TEXT,
  name TEXT NOT NULL,
  born_on DATE,
  died_on DATE,
  recorded_at TIMESTAMP NOT NULL,
  claim_code TEXT NOT NULL,
  withdrawn_at TIMESTAMP
);
CREATE INDEX deaths_by_nik ON deaths (office_id, nik);
CREATE INDEX deaths_by_register ON deaths (office_id, register_id);
CREATE INDEX deaths_by_claim ON deaths (office_id, claim_code) WHERE claim_code <> '';

-- Residents per village, counted after each import: what a village's number of claims is held against.
CREATE TABLE village_populations (
  office_id TEXT NOT NULL REFERENCES offices (id),
  village TEXT NOT NULL,
  residents BIGINT NOT NULL,
  PRIMARY KEY (office_id, village)
);

-- Events that happened to a NIK (health centre visit, cash withdrawal …); evidence of life.
CREATE TABLE activities (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  nik TEXT NOT NULL,
  happened_on DATE NOT NULL,
  kind TEXT NOT NULL
);
CREATE INDEX activities_by_nik ON activities (office_id, nik, happened_on);

CREATE TABLE claims (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  code TEXT NOT NULL UNIQUE,
  idempotency_key TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'endorsed', 'verified', 'approved', 'waiting', 'returned', 'on_hold', 'decreed', 'paid', 'rejected', 'withdrawn', 'annulled')),
  resume_state TEXT,
  village TEXT NOT NULL,
  filed_on DATE NOT NULL,
  filed_at TIMESTAMP NOT NULL,
  filed_by TEXT NOT NULL REFERENCES users (id),
  deceased_nik TEXT,
  deceased_name TEXT NOT NULL,
  heir_name TEXT NOT NULL,
  died_on DATE NOT NULL,
  policy_version TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  verdict TEXT NOT NULL CHECK (verdict IN ('eligible', 'needs_review', 'ineligible')),
  search_text TEXT NOT NULL,
  content TEXT NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, idempotency_key)
);
-- Once per deceased person: no second living claim for the same NIK.
CREATE UNIQUE INDEX claims_deceased_once ON claims (office_id, deceased_nik)
  WHERE deceased_nik IS NOT NULL AND state NOT IN ('rejected', 'withdrawn', 'annulled');
CREATE INDEX claims_by_state ON claims (office_id, state, filed_on, id);
CREATE INDEX claims_by_village ON claims (office_id, village, filed_on, id);

-- What the cross-check compares between claims. One row per claim, also for claims
-- of earlier years that were never filed here (origin 'history').
CREATE TABLE claim_keys (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  origin TEXT NOT NULL CHECK (origin IN ('claim', 'history')),
  claim_code TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  village TEXT NOT NULL,
  clerk TEXT NOT NULL,
  filed_on DATE NOT NULL,
  died_on DATE NOT NULL,
  deceased_nik TEXT,
  deceased_register_id TEXT,
  deceased_name TEXT NOT NULL,
  deceased_name_key TEXT NOT NULL,
  deceased_born_on DATE,
  deceased_mother TEXT NOT NULL,
  deceased_village TEXT NOT NULL,
  heir_nik TEXT,
  heir_name TEXT NOT NULL,
  heir_name_key TEXT NOT NULL,
  heir_phone TEXT NOT NULL,
  heir_outside_family BOOLEAN NOT NULL,
  account TEXT NOT NULL,
  withdrawn BOOLEAN NOT NULL,
  letter_number TEXT NOT NULL,
  letter_key TEXT,
  letter_year BIGINT,
  letter_sequence BIGINT,
  letter_on DATE,
  filed_at TIMESTAMP,
  proxy_nik TEXT
);
CREATE INDEX claim_keys_by_deceased_nik ON claim_keys (office_id, deceased_nik);
CREATE INDEX claim_keys_by_register ON claim_keys (office_id, deceased_register_id);
-- Where one value may stand in thousands of claims, the newest are read and no more: these indexes end in the order of filing.
-- None begins with (office_id, sequence): SQLite would take it for the selective one and walk through the whole history.
CREATE INDEX claim_keys_by_deceased_birth ON claim_keys (office_id, deceased_born_on, sequence);
CREATE INDEX claim_keys_by_deceased_name ON claim_keys (office_id, deceased_name_key, deceased_village, sequence);
CREATE INDEX claim_keys_by_death ON claim_keys (office_id, died_on, deceased_name_key, sequence);
CREATE INDEX claim_keys_by_heir ON claim_keys (office_id, heir_nik, sequence);
CREATE INDEX claim_keys_by_proxy ON claim_keys (office_id, proxy_nik, sequence);
CREATE INDEX claim_keys_by_account ON claim_keys (office_id, account, sequence);
CREATE INDEX claim_keys_by_code ON claim_keys (office_id, claim_code);
CREATE INDEX claim_keys_by_sequence ON claim_keys (sequence);
CREATE INDEX claim_keys_by_clerk ON claim_keys (office_id, clerk, filed_on);
CREATE INDEX claim_keys_by_filing ON claim_keys (office_id, filed_on);
CREATE INDEX claim_keys_by_phone ON claim_keys (office_id, heir_phone, sequence);
-- Counted without looking at the claims.
CREATE INDEX claim_keys_by_village ON claim_keys (office_id, village, filed_on, sequence, withdrawn);
CREATE INDEX claim_keys_by_letter ON claim_keys (office_id, village, letter_key, sequence);
CREATE INDEX claim_keys_by_letter_order ON claim_keys (office_id, village, letter_year, letter_sequence);

CREATE TABLE findings (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  position BIGINT NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('block', 'review', 'note')),
  sentence TEXT NOT NULL,
  claimed TEXT NOT NULL,
  registered TEXT NOT NULL,
  dataset TEXT NOT NULL,
  dataset_on DATE,
  UNIQUE (claim_id, position)
);

-- Claims accepted after their deadline: by whom, in which role, and why.
CREATE TABLE deadline_waivers (
  claim_id TEXT NOT NULL PRIMARY KEY REFERENCES claims (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  waived_by TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  reason TEXT NOT NULL,
  waived_on DATE NOT NULL,
  waived_at TIMESTAMP NOT NULL
);

-- Who did what when and why; the claim's own story.
CREATE TABLE claim_events (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  position BIGINT NOT NULL,
  at TIMESTAMP NOT NULL,
  actor_id TEXT NOT NULL REFERENCES users (id),
  actor_name TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  action TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  UNIQUE (claim_id, position)
);

CREATE TABLE documents (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  added_by TEXT NOT NULL REFERENCES users (id),
  added_at TIMESTAMP NOT NULL,
  -- Difference hash of a photo, and its four quarters: two photos that differ in three bits at most share a quarter.
  photo BIGINT,
  photo_1 BIGINT,
  photo_2 BIGINT,
  photo_3 BIGINT,
  photo_4 BIGINT
);
CREATE INDEX documents_by_claim ON documents (claim_id);
CREATE INDEX documents_by_hash ON documents (office_id, sha256);
CREATE INDEX documents_by_photo_1 ON documents (office_id, photo_1);
CREATE INDEX documents_by_photo_2 ON documents (office_id, photo_2);
CREATE INDEX documents_by_photo_3 ON documents (office_id, photo_3);
CREATE INDEX documents_by_photo_4 ON documents (office_id, photo_4);

-- A budget line of a year. Its ceiling is what the books say (ledger_balances); the documents behind it are its revisions.
CREATE TABLE budget_lines (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  year BIGINT NOT NULL,
  source TEXT NOT NULL,
  account_code TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  -- From this share of the ceiling on (percent) desks warn.
  soft_limit_percent BIGINT NOT NULL CHECK (soft_limit_percent BETWEEN 1 AND 100),
  version BIGINT NOT NULL,
  UNIQUE (office_id, year, account_code)
);

-- The budget document and every later change of it (APBD-Perubahan), each booked in the same transaction.
CREATE TABLE budget_revisions (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  position BIGINT NOT NULL,
  document TEXT NOT NULL,
  dated_on DATE NOT NULL,
  change BIGINT NOT NULL CHECK (change <> 0),
  reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  UNIQUE (budget_line_id, position),
  UNIQUE (budget_line_id, document)
);

-- Which line a claim's promise rests on.
CREATE TABLE commitments (
  claim_id TEXT NOT NULL PRIMARY KEY REFERENCES claims (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  amount BIGINT NOT NULL CHECK (amount > 0),
  committed_at TIMESTAMP NOT NULL,
  released_at TIMESTAMP
);
CREATE INDEX commitments_by_line ON commitments (budget_line_id);

-- A decree is locked when it is formed and signed afterwards. An amending decree names the one it changes.
CREATE TABLE decrees (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  amends_id TEXT REFERENCES decrees (id),
  number TEXT NOT NULL,
  decreed_on DATE NOT NULL,
  items BIGINT NOT NULL CHECK (items > 0),
  total BIGINT NOT NULL CHECK (total > 0),
  state TEXT NOT NULL CHECK (state IN ('locked', 'signed')),
  signed_on DATE,
  reason TEXT NOT NULL,
  formed_by TEXT NOT NULL REFERENCES users (id),
  formed_at TIMESTAMP NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (office_id, number)
);

-- Rows are never edited: one that an amending decree strikes names it. The rows of an amending decree are those it strikes.
CREATE TABLE decree_items (
  decree_id TEXT NOT NULL REFERENCES decrees (id),
  position BIGINT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  amount BIGINT NOT NULL CHECK (amount > 0),
  change TEXT NOT NULL CHECK (change IN ('list', 'strike')),
  struck_by TEXT REFERENCES decrees (id),
  PRIMARY KEY (decree_id, position)
);
-- A claim stands on one decree at a time.
CREATE UNIQUE INDEX decree_items_claim_once ON decree_items (claim_id) WHERE change = 'list' AND struck_by IS NULL;

CREATE TABLE payment_orders (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  kind TEXT NOT NULL CHECK (kind IN ('first', 'renewed')),
  decree_id TEXT REFERENCES decrees (id),
  number TEXT NOT NULL,
  ordered_on DATE NOT NULL,
  items BIGINT NOT NULL CHECK (items > 0),
  total BIGINT NOT NULL CHECK (total > 0),
  state TEXT NOT NULL CHECK (state IN ('made', 'checked', 'released', 'closed', 'cancelled')),
  made_by TEXT NOT NULL REFERENCES users (id),
  made_at TIMESTAMP NOT NULL,
  checked_by TEXT REFERENCES users (id),
  checked_at TIMESTAMP,
  released_by TEXT REFERENCES users (id),
  released_at TIMESTAMP,
  closed_by TEXT REFERENCES users (id),
  closed_at TIMESTAMP,
  cancelled_by TEXT REFERENCES users (id),
  cancelled_at TIMESTAMP,
  reason TEXT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (office_id, number),
  CHECK ((kind = 'first') = (decree_id IS NOT NULL))
);
-- A decree is ordered once; an order that was cancelled before its release does not count.
CREATE UNIQUE INDEX payment_orders_decree_once ON payment_orders (decree_id) WHERE state <> 'cancelled';

-- Papers of the state's own system (SPP, SPM, SP2D): recorded, never made, equal to the order to the rupiah.
CREATE TABLE treasury_papers (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  order_id TEXT NOT NULL REFERENCES payment_orders (id),
  kind TEXT NOT NULL CHECK (kind IN ('spp', 'spm', 'sp2d')),
  number TEXT NOT NULL,
  dated_on DATE NOT NULL,
  value BIGINT NOT NULL CHECK (value > 0),
  recorded_by TEXT NOT NULL REFERENCES users (id),
  recorded_at TIMESTAMP NOT NULL,
  UNIQUE (order_id, kind),
  UNIQUE (office_id, kind, number)
);

-- A payment that failed is never edited: a new one that names it takes its place.
CREATE TABLE payment_items (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  order_id TEXT NOT NULL REFERENCES payment_orders (id),
  position BIGINT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  replaces_id TEXT REFERENCES payment_items (id),
  -- What the bank gives back in its answer; unique for ever.
  reference TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  method TEXT NOT NULL CHECK (method IN ('bank', 'cash')),
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  holder TEXT NOT NULL,
  payee TEXT NOT NULL,
  receipt_number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ordered', 'sent', 'paid', 'returned', 'replaced', 'deposited', 'cancelled', 'recovering', 'recovered')),
  paid_on DATE,
  returned_on DATE,
  return_code TEXT NOT NULL,
  evidence TEXT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (order_id, position),
  UNIQUE (office_id, reference)
);
-- One living payment per claim.
CREATE UNIQUE INDEX payment_items_living ON payment_items (claim_id) WHERE state IN ('ordered', 'sent', 'paid', 'returned', 'recovering');
CREATE INDEX payment_items_by_state ON payment_items (office_id, state, id);
CREATE INDEX payment_items_by_claim ON payment_items (claim_id);
CREATE INDEX payment_items_by_account ON payment_items (office_id, account);

-- Files made for the bank at the release; frozen with their hash.
CREATE TABLE bank_files (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  order_id TEXT NOT NULL REFERENCES payment_orders (id),
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  items BIGINT NOT NULL,
  total BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  downloads BIGINT NOT NULL,
  UNIQUE (order_id, name)
);

-- The books: every movement of money with both its legs, made in the same transaction as its cause. Never changed; a correction is
-- a new entry that names the one it moves back.
CREATE TABLE ledger_entries (
  office_id TEXT NOT NULL REFERENCES offices (id),
  sequence BIGINT NOT NULL,
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  movement TEXT NOT NULL,
  credit_account TEXT NOT NULL,
  debit_account TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  claim_id TEXT REFERENCES claims (id),
  item_id TEXT REFERENCES payment_items (id),
  corrects BIGINT,
  -- The act it belongs to, and the document it rests on (decree, order, revision, report …).
  cause TEXT NOT NULL,
  document TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  posted_on DATE NOT NULL,
  posted_at TIMESTAMP NOT NULL,
  PRIMARY KEY (office_id, sequence),
  CHECK (credit_account <> debit_account)
);
CREATE INDEX ledger_entries_by_claim ON ledger_entries (claim_id, sequence);
CREATE INDEX ledger_entries_by_item ON ledger_entries (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX ledger_entries_by_line ON ledger_entries (budget_line_id, movement, posted_on);
CREATE UNIQUE INDEX ledger_entries_corrected_once ON ledger_entries (office_id, corrects) WHERE corrects IS NOT NULL;

-- What the entries add up to, kept with them. The database itself refuses an account that would hold less than nothing.
CREATE TABLE ledger_balances (
  budget_line_id TEXT NOT NULL REFERENCES budget_lines (id),
  account TEXT NOT NULL,
  office_id TEXT NOT NULL REFERENCES offices (id),
  debits BIGINT NOT NULL CHECK (debits >= 0),
  credits BIGINT NOT NULL CHECK (credits >= 0),
  PRIMARY KEY (budget_line_id, account),
  CHECK (account = 'appropriation' OR debits >= credits)
);

-- One gapless sequence per letter kind, unit and year.
CREATE TABLE letter_sequences (
  office_id TEXT NOT NULL REFERENCES offices (id),
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL CHECK (last > 0),
  PRIMARY KEY (office_id, kind, unit, year)
);

-- A letter is issued once: its content and the hash of its PDF never change.
CREATE TABLE letters (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  year BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  number TEXT NOT NULL,
  village TEXT NOT NULL,
  claim_id TEXT REFERENCES claims (id),
  decree_id TEXT REFERENCES decrees (id),
  order_id TEXT REFERENCES payment_orders (id),
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  pages BIGINT NOT NULL,
  issued_by TEXT NOT NULL REFERENCES users (id),
  issued_on DATE NOT NULL,
  issued_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, kind, unit, year, sequence),
  UNIQUE (office_id, number)
);
CREATE INDEX letters_by_claim ON letters (claim_id);
CREATE INDEX letters_by_decree ON letters (decree_id);
CREATE INDEX letters_by_order ON letters (order_id);

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  dedupe_key TEXT NOT NULL,
  letter_id TEXT REFERENCES letters (id),
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'dead')),
  attempts BIGINT NOT NULL,
  due_at TIMESTAMP NOT NULL,
  sent_at TIMESTAMP,
  last_error TEXT NOT NULL,
  queued_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, dedupe_key)
);
CREATE INDEX outbox_due ON outbox (state, due_at, id);

CREATE TABLE audit_entries (
  office_id TEXT NOT NULL REFERENCES offices (id),
  sequence BIGINT NOT NULL,
  at TIMESTAMP NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (office_id, sequence)
);
CREATE INDEX audit_by_subject ON audit_entries (office_id, subject, sequence);
