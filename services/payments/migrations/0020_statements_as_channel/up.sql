-- What a statement says of a payment is kept as a provider's word (expand).
alter table provider_callbacks drop constraint provider_callbacks_channel;
alter table provider_callbacks add constraint provider_callbacks_channel check (
    channel in ('IPN', 'QUERY', 'STATEMENT')
);
