drop table message_attempts;
drop table messages;
drop table official_posts;
drop table agencies;
drop table contacts;
