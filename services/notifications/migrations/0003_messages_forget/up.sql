-- What only the reader of a message may know, such as a code, is kept apart from its words, until it is sent: empty from then on.
-- Null: there was none, or the version before wrote it into the words.
alter table messages add column secret text;
-- How many alerts to officials were written with a message to an applicant, so that none is missed. Null from the version before.
alter table messages add column alerts integer;

create index messages_with_secret on messages (created_at) where secret <> '';
create index messages_with_words on messages (created_at) where body_text <> '';
