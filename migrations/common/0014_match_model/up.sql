-- What linkage has learned from an office's registers as they are now: how common values are, how people err. Replaced with every import.
CREATE TABLE match_models (
  office_id TEXT NOT NULL PRIMARY KEY REFERENCES offices (id),
  -- New with every learning; a program that keeps the model in memory knows by it that there is a newer one.
  version TEXT NOT NULL,
  learned_at TIMESTAMP NOT NULL,
  -- Rows counted.
  row_count BIGINT NOT NULL,
  -- The model as JSON.
  content TEXT NOT NULL
);
