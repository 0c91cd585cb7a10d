-- Lists for other programmes (PKH, Sembako, PBI-JK …) of residents whose death the office has confirmed, frozen by the hash of their files.
CREATE TABLE stop_lists (
  id TEXT NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES offices (id),
  programme TEXT NOT NULL,
  -- Running number of the lists for this programme.
  number BIGINT NOT NULL CHECK (number > 0),
  from_on DATE NOT NULL,
  until_on DATE NOT NULL,
  stops BIGINT NOT NULL CHECK (stops >= 0),
  withdrawals BIGINT NOT NULL CHECK (withdrawals >= 0),
  -- Sum of the last four digits of every NIK in the list.
  control BIGINT NOT NULL CHECK (control >= 0),
  -- Name of the files without their ending; their bytes lie in the file store.
  name TEXT NOT NULL,
  csv_sha256 TEXT NOT NULL,
  xlsx_sha256 TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  UNIQUE (office_id, programme, number)
);

-- Who stands on which list. Nobody is listed twice for one programme.
CREATE TABLE stop_list_rows (
  list_id TEXT NOT NULL REFERENCES stop_lists (id),
  position BIGINT NOT NULL CHECK (position > 0),
  office_id TEXT NOT NULL REFERENCES offices (id),
  programme TEXT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  kind TEXT NOT NULL CHECK (kind IN ('stop', 'withdraw')),
  PRIMARY KEY (list_id, position),
  UNIQUE (office_id, programme, claim_id, kind)
);

-- Every fetching of a list: it holds personal data.
CREATE TABLE stop_list_draws (
  list_id TEXT NOT NULL REFERENCES stop_lists (id),
  form TEXT NOT NULL CHECK (form IN ('csv', 'xlsx')),
  copy BIGINT NOT NULL CHECK (copy > 0),
  drawn_by TEXT NOT NULL,
  drawn_at TIMESTAMP NOT NULL,
  PRIMARY KEY (list_id, form, copy)
);
