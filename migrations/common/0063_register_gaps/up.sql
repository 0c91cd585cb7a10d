-- Rows of a source's newest release whose NIK could not be read, by village: whoever is not found by NIK may be one of them.
CREATE TABLE register_gaps (
  office_id TEXT NOT NULL REFERENCES offices (id),
  source TEXT NOT NULL,
  -- The village of the rows; the office itself where they name none.
  village TEXT NOT NULL,
  unreadable BIGINT NOT NULL CHECK (unreadable > 0),
  PRIMARY KEY (office_id, source, village)
);
