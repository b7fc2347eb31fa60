drop index messages_with_words;
drop index messages_with_secret;
alter table messages drop column alerts;
alter table messages drop column secret;
