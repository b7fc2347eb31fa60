-- Codes are counted by mailbox, however its address is written, and by who asked: nobody uses up what others may be sent.
alter table registrations
    add column mailbox text,
    add column asked_by bytea;
create index registrations_by_mailbox on registrations (mailbox, created_at) where mailbox is not null;
create index registrations_by_citizen_number on registrations (citizen_number, created_at);
