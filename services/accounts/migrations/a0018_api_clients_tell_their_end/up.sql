-- Access tokens of a program die with what they rest on, as those of people do (a0007): whoever disables it, or changes its secret, its
-- scopes, its end or whom it acts for, begins a generation whose tokens alone are good. A client is disabled, never deleted: nobody
-- would learn then that its tokens are worth nothing.
alter table api_clients
    add column disabled_at timestamptz,
    add column generation integer not null default 0,
    add column revoked_in bigint;
create index api_clients_by_revocation on api_clients (revoked_in) where revoked_in is not null;
create function api_client_was_changed() returns trigger language plpgsql as $$
begin
    new.generation := old.generation + 1;
    new.revoked_in := pg_current_xact_id()::text::bigint;
    return new;
end $$;
create trigger api_client_was_changed before update on api_clients for each row
    when ((old.disabled_at, old.client_id, old.secret_hash, old.scopes, old.organisation_id)
        is distinct from (new.disabled_at, new.client_id, new.secret_hash, new.scopes, new.organisation_id)
        or new.expires_at < old.expires_at)
    execute function api_client_was_changed();
create function api_client_stays() returns trigger language plpgsql as $$
begin
    raise exception 'an API client is disabled (disabled_at), not deleted: its tokens would live on' using errcode = 'restrict_violation';
end $$;
create trigger api_client_stays before delete on api_clients for each row execute function api_client_stays();
