delete from sign_in_failures where failures = 0;
alter table sign_in_failures
    drop constraint sign_in_failures_count,
    add constraint sign_in_failures_count check (failures > 0);
