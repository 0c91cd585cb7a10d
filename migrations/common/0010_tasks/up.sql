-- Work that follows from an act and is done soon after it: looking at claims again, asking a source.
-- A task that is done goes; one that was given up stays for a person to see.
CREATE TABLE tasks (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  kind TEXT NOT NULL CHECK (kind IN ('recheck_office', 'recheck_claim', 'ask_sources')),
  -- Claim, or empty for the whole office.
  subject TEXT NOT NULL,
  -- What it follows from, for the audit trail.
  cause TEXT NOT NULL,
  -- Last claim that was looked at, for work in batches.
  position TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'dead')),
  attempts BIGINT NOT NULL,
  due_at TIMESTAMP NOT NULL,
  last_error TEXT NOT NULL,
  queued_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX tasks_once ON tasks (office_id, kind, subject) WHERE state = 'due';
CREATE INDEX tasks_due ON tasks (state, due_at, id);
