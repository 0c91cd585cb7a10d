-- What banks answered. The same file is one report, however often it is sent.
CREATE TABLE bank_reports (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  kind TEXT NOT NULL,
  profile TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  message_id TEXT,
  created_on DATE,
  -- How many lines came to which outcome, and what a person should know about the file (JSON).
  counts TEXT NOT NULL,
  notes TEXT NOT NULL,
  lines BIGINT NOT NULL,
  imported_by TEXT NOT NULL REFERENCES users (id),
  imported_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, sha256)
);
CREATE INDEX bank_reports_by_day ON bank_reports (office_id, imported_at);

-- Every line of every report with what it came to. Nothing is dropped and nothing is changed later.
CREATE TABLE bank_report_lines (
  report_id TEXT NOT NULL REFERENCES bank_reports (id),
  position BIGINT NOT NULL,
  office_id TEXT NOT NULL REFERENCES offices (id),
  -- Line, entry or row of the file, from 1.
  place BIGINT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('matched', 'returned', 'reversed', 'pending', 'unknown', 'duplicate', 'amount_mismatch', 'account_mismatch', 'bad_reversal')),
  -- More about the outcome, and why a person must look before it counts; often empty.
  detail TEXT NOT NULL,
  doubt TEXT NOT NULL,
  -- Whether the payment was moved by this line, and whether a person has to look.
  booked BOOLEAN NOT NULL,
  open BOOLEAN NOT NULL,
  item_id TEXT REFERENCES payment_items (id),
  fingerprint TEXT NOT NULL,
  reference TEXT NOT NULL,
  account TEXT NOT NULL,
  amount_sen BIGINT,
  told_on DATE,
  bank_ref TEXT NOT NULL,
  return_code TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
);
CREATE INDEX bank_report_lines_by_office ON bank_report_lines (office_id, report_id);
CREATE INDEX bank_report_lines_by_item ON bank_report_lines (item_id) WHERE item_id IS NOT NULL;

-- What a person made of a line that could not be taken by itself.
CREATE TABLE bank_line_answers (
  report_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  office_id TEXT NOT NULL REFERENCES offices (id),
  accepted BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  answered_by TEXT NOT NULL REFERENCES users (id),
  answered_at TIMESTAMP NOT NULL,
  PRIMARY KEY (report_id, position),
  FOREIGN KEY (report_id, position) REFERENCES bank_report_lines (report_id, position)
);
