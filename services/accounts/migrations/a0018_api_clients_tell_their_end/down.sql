drop trigger api_client_stays on api_clients;
drop function api_client_stays;
drop trigger api_client_was_changed on api_clients;
drop function api_client_was_changed;
alter table api_clients
    drop column disabled_at,
    drop column generation,
    drop column revoked_in;
