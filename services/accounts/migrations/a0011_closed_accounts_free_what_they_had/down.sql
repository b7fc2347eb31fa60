drop index users_email;
create unique index users_email on users (lower(email));
alter table users
    drop constraint users_citizen_number,
    add constraint users_citizen_number unique (citizen_number);
