-- What a decision rested on, so that it can be worked out again years later.
CREATE TABLE finding_snapshots (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  position BIGINT NOT NULL,
  step TEXT NOT NULL,
  taken_at TIMESTAMP NOT NULL,
  engine TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  policy_sha256 TEXT NOT NULL,
  dataset TEXT NOT NULL,
  dataset_on DATE,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (claim_id, position)
);

-- The rules of the snapshots, each version once.
CREATE TABLE kept_policies (
  office_id TEXT NOT NULL REFERENCES offices (id),
  sha256 TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (office_id, sha256)
);
