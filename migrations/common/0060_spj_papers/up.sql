-- Scans attached to a payment afterwards, for the treasurer's SPJ: the signed receipt, a photo, a paper of the claim.
CREATE TABLE spj_papers (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  item_id TEXT NOT NULL REFERENCES payment_items (id),
  kind TEXT NOT NULL,
  -- The scan lies in the file store under its hash.
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  note TEXT NOT NULL,
  added_by TEXT NOT NULL REFERENCES users (id),
  added_at TIMESTAMP NOT NULL,
  UNIQUE (item_id, kind, sha256)
);
