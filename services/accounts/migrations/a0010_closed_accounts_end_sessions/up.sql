create function account_was_closed() returns trigger language plpgsql as $$
begin
    update sessions set revoked_at = new.closed_at, revoked_for = 'ACCOUNT_CLOSED'
        where user_id = new.id and revoked_at is null;
    return null;
end $$;
create trigger account_was_closed after update on users for each row
    when (old.closed_at is null and new.closed_at is not null) execute function account_was_closed();
