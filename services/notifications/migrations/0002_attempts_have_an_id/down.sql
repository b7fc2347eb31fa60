alter table message_attempts drop column id;
