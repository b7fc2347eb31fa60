drop table jobs;
drop table dead_letter;
drop table inbox;
drop table outbox;
