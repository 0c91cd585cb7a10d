-- What a letter says never changes; its PDF is drawn once.
CREATE TRIGGER letters_fixed BEFORE UPDATE OF id, office_id, kind, unit, year, sequence, number, village, claim_id, decree_id, order_id, content, pages, issued_by, issued_on, issued_at, content_sha256, emblem_sha256 ON letters
FOR EACH ROW EXECUTE FUNCTION money_append_only();
CREATE TRIGGER letters_drawn_once BEFORE UPDATE OF drawn_sha256 ON letters
FOR EACH ROW WHEN (OLD.drawn_sha256 IS NOT NULL) EXECUTE FUNCTION money_append_only();
CREATE TRIGGER letters_no_delete BEFORE DELETE ON letters
FOR EACH ROW EXECUTE FUNCTION money_append_only();
