-- The last answer of each live source about each person of a claim.
CREATE TABLE source_answers (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  source TEXT NOT NULL,
  who TEXT NOT NULL CHECK (who IN ('deceased', 'heir')),
  question_key TEXT NOT NULL,
  answer TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  UNIQUE (claim_id, source, who)
);

-- How often a source was asked on a day; it is left alone before its limit is reached.
CREATE TABLE source_usage (
  office_id TEXT NOT NULL REFERENCES offices (id),
  source TEXT NOT NULL,
  day DATE NOT NULL,
  asked BIGINT NOT NULL CHECK (asked >= 0),
  PRIMARY KEY (office_id, source, day)
);
