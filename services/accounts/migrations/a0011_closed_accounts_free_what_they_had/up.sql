-- Whoever closed an account may open another one: its address and citizen number are nobody's then.
alter table users
    drop constraint users_citizen_number,
    add constraint users_citizen_number exclude using btree (citizen_number with =) where (closed_at is null);
drop index users_email;
create unique index users_email on users (lower(email)) where closed_at is null;
