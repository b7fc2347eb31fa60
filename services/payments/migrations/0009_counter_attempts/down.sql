-- Fails when something was taken at a counter.
alter table attempts
    drop constraint attempts_provider,
    drop constraint attempts_status,
    drop constraint attempts_money;
alter table attempts
    add constraint attempts_provider check (provider not in ('CASH', 'CARD_TERMINAL')),
    add constraint attempts_status check (status in ('CREATED', 'UNKNOWN', 'SETTLED', 'PAID_AGAIN', 'FAILED', 'EXPIRED')),
    add constraint attempts_money check ((status in ('SETTLED', 'PAID_AGAIN')) = (provider_reference is not null));
