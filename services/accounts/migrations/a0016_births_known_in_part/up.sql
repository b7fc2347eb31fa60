-- As in registrations: how much of `birth_date` is known.
alter table users
    add column birth_precision text not null default 'DAY'
        constraint users_birth_precision check (birth_precision in ('YEAR', 'MONTH', 'DAY'));
