-- The code by which anybody can ask about a letter; 65 random bits, printed on it (docs/adr/0090).
ALTER TABLE letters ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX letters_by_code ON letters (code) WHERE code <> '';
