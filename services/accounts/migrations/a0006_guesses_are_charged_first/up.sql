-- A guess is charged before it is compared, and given back when it was right: a row may count none for a moment. `email_hash` is
-- a digest of what is counted by, which is no longer the address alone.
alter table sign_in_failures
    drop constraint sign_in_failures_count,
    add constraint sign_in_failures_count check (failures >= 0);
