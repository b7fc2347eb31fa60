-- Fails when a transfer has another cause than an attempt: that could not be said before.
drop trigger transfers_name_their_cause on transfers;
drop function cause_of_transfer;
alter table transfers
    alter column attempt_id set not null,
    drop column cause_id,
    drop column cause_kind;
