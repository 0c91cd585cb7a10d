-- A letter keeps its code.
CREATE TRIGGER letters_code_fixed BEFORE UPDATE OF code ON letters
BEGIN SELECT RAISE(ABORT, 'letters is append-only: a letter keeps its code'); END;
