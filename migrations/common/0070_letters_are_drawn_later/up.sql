-- An act freezes what a letter says and which emblem it carries; its PDF is drawn from that after the act, once (docs/adr/0070).
ALTER TABLE letters ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN emblem_sha256 TEXT NOT NULL DEFAULT '';
-- Hash of the PDF, by which it is kept; none until it is drawn.
ALTER TABLE letters ADD COLUMN drawn_sha256 TEXT;
-- What was issued before was drawn in its act.
UPDATE letters SET drawn_sha256 = sha256;
ALTER TABLE letters DROP COLUMN sha256;
CREATE INDEX letters_to_draw ON letters (issued_at, id) WHERE drawn_sha256 IS NULL;
