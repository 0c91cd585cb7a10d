-- Times in which the programme stands still (policy parameter P3). Claims are received and wait; nothing is approved.
CREATE TABLE programme_periods (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  from_on DATE NOT NULL,
  -- Last day; open while absent.
  until_on DATE,
  -- What families and clerks read meanwhile.
  notice TEXT NOT NULL,
  reason TEXT NOT NULL,
  suspended_by TEXT NOT NULL REFERENCES users (id),
  suspended_at TIMESTAMP NOT NULL,
  resumed_on DATE,
  resumed_by TEXT REFERENCES users (id),
  resumed_at TIMESTAMP,
  resume_reason TEXT NOT NULL
);
CREATE INDEX programme_periods_by_office ON programme_periods (office_id, from_on);

-- A revision of the budget that is announced but not in force yet: what the waiting list may hope for, and when.
CREATE TABLE announced_revisions (
  office_id TEXT NOT NULL REFERENCES offices (id),
  year BIGINT NOT NULL,
  expected_on DATE NOT NULL,
  -- How much it adds, if that is known.
  added BIGINT,
  recorded_by TEXT NOT NULL REFERENCES users (id),
  recorded_at TIMESTAMP NOT NULL,
  PRIMARY KEY (office_id, year)
);

-- Closing a budget year, or opening it again: asked for by one person, done by another.
CREATE TABLE year_acts (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  year BIGINT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('close', 'reopen')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'withdrawn')),
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL REFERENCES users (id),
  proposed_at TIMESTAMP NOT NULL,
  decided_by TEXT REFERENCES users (id),
  decided_at TIMESTAMP,
  -- What came of it, in words.
  outcome TEXT NOT NULL
);
CREATE UNIQUE INDEX year_acts_one_open ON year_acts (office_id, year) WHERE state = 'proposed';
CREATE INDEX year_acts_by_year ON year_acts (office_id, year, proposed_at);
