-- Fails when something was confirmed by hand.
alter table provider_callbacks drop constraint provider_callbacks_channel;
alter table provider_callbacks add constraint provider_callbacks_channel check (
    channel in ('IPN', 'QUERY', 'STATEMENT')
);
