-- Approved claims that are not paid yet and whose payee is known as dead by now: worked out anew with every look at the claim,
-- gone when it is no longer so. The claim's own findings stay what the decision rested on.
CREATE TABLE payee_alerts (
  claim_id TEXT NOT NULL PRIMARY KEY REFERENCES claims (id),
  office_id TEXT NOT NULL REFERENCES offices (id),
  found_at TIMESTAMP NOT NULL,
  payee TEXT NOT NULL,
  told TEXT NOT NULL,
  dataset TEXT NOT NULL,
  dataset_on DATE
);
CREATE INDEX payee_alerts_by_office ON payee_alerts (office_id);
