-- Some know only the year of their birth, or the month: `birth_date` is the first day that it can be.
alter table registrations
    add column birth_precision text not null default 'DAY'
        constraint registrations_birth_precision check (birth_precision in ('YEAR', 'MONTH', 'DAY'));
-- The code of a registration is looked for among the confirmations, where the version before does not write it.
create function registration_has_confirmation() returns trigger language plpgsql as $$
begin
    insert into confirmations
        (id, purpose, email, mailbox, asked_by, code_hash, tries, created_at, expires_at, confirmed_at)
        values (new.id, 'REGISTRATION', new.email, coalesce(new.mailbox, lower(new.email)), coalesce(new.asked_by, ''),
            new.code_hash, new.tries, new.created_at, new.expires_at, new.confirmed_at)
        on conflict (id) do nothing;
    return null;
end $$;
create trigger registration_has_confirmation after insert on registrations
    for each row execute function registration_has_confirmation();
insert into confirmations
    (id, purpose, email, mailbox, asked_by, code_hash, tries, created_at, expires_at, confirmed_at)
    select id, 'REGISTRATION', email, coalesce(mailbox, lower(email)), coalesce(asked_by, ''),
        code_hash, tries, created_at, expires_at, confirmed_at
    from registrations
    on conflict (id) do nothing;
