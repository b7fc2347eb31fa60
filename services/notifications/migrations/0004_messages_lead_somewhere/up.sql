-- The page of the portal that a message is about; null when there is none, or the version before wrote it.
alter table messages add column page text;
-- The mail that an SMS says in short, so that an inbox has one message an event.
alter table messages add column short_of uuid;
-- When its reader said that she has read it.
alter table messages add column read_at timestamptz;
