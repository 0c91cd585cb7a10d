-- A letter keeps its code.
CREATE TRIGGER letters_code_fixed BEFORE UPDATE OF code ON letters
FOR EACH ROW EXECUTE FUNCTION money_append_only();
