-- When a sound was taken and heard, in microseconds after it was due (before:
-- negative), or why it was not heard.
ALTER TABLE fate ADD COLUMN taken INTEGER;
ALTER TABLE fate ADD COLUMN onset INTEGER;
ALTER TABLE fate ADD COLUMN why TEXT;
