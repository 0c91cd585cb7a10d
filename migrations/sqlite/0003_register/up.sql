-- The register, every content a source ever gave of a person: a row is in force from seen_from until it is superseded
-- by another content or the person vanishes from the source. superseded_on is empty on the newest row only.
-- INTEGER PRIMARY KEY makes the id the place of the row itself. No foreign keys: they would be asked 830,000 times an import, and release and rows
-- are written in one transaction anyway. `person` is the hash of what names a person in the source (see domain::register).
CREATE TABLE residents (
  id INTEGER NOT NULL PRIMARY KEY,
  office_id TEXT NOT NULL,
  source TEXT NOT NULL,
  release_id BIGINT NOT NULL,
  register_id TEXT NOT NULL,
  person BIGINT NOT NULL,
  seen_from DATE NOT NULL,
  superseded_on DATE,
  vanished_on DATE,
  row_hash BIGINT NOT NULL,
  nik TEXT,
  family_card TEXT,
  name TEXT NOT NULL,
  born_on DATE,
  sex TEXT,
  family_role TEXT NOT NULL,
  occupation TEXT NOT NULL,
  mother TEXT NOT NULL,
  village TEXT NOT NULL,
  decile BIGINT,
  programmes TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('alive', 'dead', 'moved')),
  died_on DATE,
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  details TEXT NOT NULL,
  key_1 BIGINT,
  key_2 BIGINT,
  key_3 BIGINT,
  key_4 BIGINT,
  key_5 BIGINT
);
-- An import into an empty table takes these away and makes them again from what the catalogue says (store/dialect.rs).
CREATE INDEX residents_by_person ON residents (person);
CREATE INDEX residents_by_nik ON residents (nik) WHERE nik IS NOT NULL;
CREATE INDEX residents_by_family_card ON residents (family_card) WHERE superseded_on IS NULL AND family_card IS NOT NULL;
CREATE INDEX residents_by_key_1 ON residents (key_1) WHERE superseded_on IS NULL AND key_1 IS NOT NULL;
CREATE INDEX residents_by_key_2 ON residents (key_2) WHERE superseded_on IS NULL AND key_2 IS NOT NULL;
CREATE INDEX residents_by_key_3 ON residents (key_3) WHERE superseded_on IS NULL AND key_3 IS NOT NULL;
CREATE INDEX residents_by_key_4 ON residents (key_4) WHERE superseded_on IS NULL AND key_4 IS NOT NULL;
CREATE INDEX residents_by_key_5 ON residents (key_5) WHERE superseded_on IS NULL AND key_5 IS NOT NULL;
