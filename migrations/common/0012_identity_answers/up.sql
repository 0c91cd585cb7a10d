-- Officers' answers to "is this the same person?". Rows are only added; the newest of a pair counts.
CREATE TABLE identity_answers (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  -- The person as claimed: number, name, birth date. An answer holds for every claim for this person.
  subject_key TEXT NOT NULL,
  other_kind TEXT NOT NULL CHECK (other_kind IN ('claim', 'register')),
  other_reference TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('same', 'other')),
  reason TEXT NOT NULL,
  by_id TEXT NOT NULL REFERENCES users (id),
  by_name TEXT NOT NULL,
  answered_at TIMESTAMP NOT NULL
);
CREATE INDEX identity_answers_by_subject ON identity_answers (office_id, subject_key, answered_at, id);
CREATE INDEX identity_answers_by_claim ON identity_answers (claim_id);
