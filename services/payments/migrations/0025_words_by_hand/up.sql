-- What a second official confirmed by hand is a word on an attempt too (expand).
alter table provider_callbacks drop constraint provider_callbacks_channel;
alter table provider_callbacks add constraint provider_callbacks_channel check (
    channel in ('IPN', 'QUERY', 'STATEMENT', 'HAND')
);
