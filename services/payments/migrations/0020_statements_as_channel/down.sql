-- What statements said stays.
alter table provider_callbacks drop constraint provider_callbacks_channel;
alter table provider_callbacks add constraint provider_callbacks_channel check (channel in ('IPN', 'QUERY')) not valid;
