-- Cash at the counter: days on which villages collect, who took the money home, the treasurer's book, and what went back to the
-- treasury.

-- A day on which the people of a village or a kecamatan collect. Times are those of the office (WIB), as 08:00.
CREATE TABLE collection_days (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  area TEXT NOT NULL,
  held_on DATE NOT NULL,
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  place TEXT NOT NULL,
  capacity BIGINT NOT NULL CHECK (capacity > 0),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  made_by TEXT NOT NULL REFERENCES users (id),
  made_at TIMESTAMP NOT NULL,
  closed_by TEXT REFERENCES users (id),
  closed_at TIMESTAMP,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX collection_days_by_office ON collection_days (office_id, held_on);

-- Who is invited to a day, and whether they came.
CREATE TABLE collection_appointments (
  day_id TEXT NOT NULL REFERENCES collection_days (id),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  position BIGINT NOT NULL,
  village TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('expected', 'collected', 'missed')),
  PRIMARY KEY (day_id, item_id),
  UNIQUE (day_id, position)
);
-- A payment stands on one open day at a time.
CREATE UNIQUE INDEX collection_appointments_open_once ON collection_appointments (item_id) WHERE outcome = 'expected';

-- The money changed hands: who came, what was seen, what stands on the receipt. A payment is handed over once, whatever happens.
CREATE TABLE hand_overs (
  item_id TEXT NOT NULL PRIMARY KEY REFERENCES payment_items (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  day_id TEXT REFERENCES collection_days (id),
  receiver TEXT NOT NULL CHECK (receiver IN ('payee', 'guardian', 'proxy')),
  receiver_name TEXT NOT NULL,
  paper TEXT NOT NULL CHECK (paper IN ('ktp', 'family_card', 'letter')),
  proxy_letter TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('signature', 'thumbprint')),
  receipt_number TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  -- The photo lies in the file store under its hash.
  photo_sha256 TEXT,
  photo_type TEXT,
  given_on DATE NOT NULL,
  given_by TEXT NOT NULL REFERENCES users (id),
  given_at TIMESTAMP NOT NULL,
  CHECK ((photo_sha256 IS NULL) = (photo_type IS NULL))
);

-- The treasurer's book (buku kas pembantu). Only ever added to; the database itself refuses a box with less than nothing in it.
CREATE TABLE cash_entries (
  office_id TEXT NOT NULL REFERENCES offices (id),
  sequence BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('received', 'handed_over', 'correction', 'deposited', 'drawn_again', 'reordered', 'reorder_undone')),
  amount BIGINT NOT NULL CHECK (amount > 0),
  balance BIGINT NOT NULL CHECK (balance >= 0),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  -- The act it belongs to, and the document it rests on (order, collection day, deposit slip …).
  cause TEXT NOT NULL,
  document TEXT NOT NULL,
  -- As people read it in the book: receipt, SP2D or slip number.
  evidence TEXT NOT NULL,
  booked_on DATE NOT NULL,
  booked_by TEXT NOT NULL REFERENCES users (id),
  booked_at TIMESTAMP NOT NULL,
  PRIMARY KEY (office_id, sequence)
);
CREATE INDEX cash_entries_by_day ON cash_entries (office_id, booked_on, sequence);

-- The box counted at the end of a day. A count that differs from the book closes nothing until a second person explains it.
CREATE TABLE cash_counts (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  counted_on DATE NOT NULL,
  last_sequence BIGINT NOT NULL,
  book BIGINT NOT NULL CHECK (book >= 0),
  cash BIGINT NOT NULL CHECK (cash >= 0),
  in_bank BIGINT NOT NULL CHECK (in_bank >= 0),
  counted_by TEXT NOT NULL REFERENCES users (id),
  counted_at TIMESTAMP NOT NULL
);
CREATE INDEX cash_counts_by_day ON cash_counts (office_id, counted_on, counted_at);

-- A day's book that is closed: nothing is booked on that day any more.
CREATE TABLE cash_closings (
  office_id TEXT NOT NULL REFERENCES offices (id),
  closed_on DATE NOT NULL,
  count_id TEXT NOT NULL REFERENCES cash_counts (id),
  -- Of the second person; empty where box and book were equal.
  explanation TEXT NOT NULL,
  closed_by TEXT NOT NULL REFERENCES users (id),
  closed_at TIMESTAMP NOT NULL,
  PRIMARY KEY (office_id, closed_on)
);

-- Money back to the regional treasury (STS), under the treasury's own number.
CREATE TABLE deposits (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  number TEXT NOT NULL,
  dated_on DATE NOT NULL,
  value BIGINT NOT NULL CHECK (value > 0),
  recorded_by TEXT NOT NULL REFERENCES users (id),
  recorded_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, number)
);

CREATE TABLE deposit_items (
  deposit_id TEXT NOT NULL REFERENCES deposits (id),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (deposit_id, item_id)
);
CREATE INDEX deposit_items_by_item ON deposit_items (item_id);
