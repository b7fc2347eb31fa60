-- A cashier takes cash, or a card at the counter's terminal, as an attempt of its own kind, and may take back what was taken wrongly (expand).
-- Which ways to pay there are stands in the code (`domain/provider.rs`), not here a second time.
alter table attempts
    drop constraint attempts_provider,
    drop constraint attempts_status,
    drop constraint attempts_money;
alter table attempts
    add constraint attempts_provider check (provider ~ '^[A-Z][A-Z0-9_]{1,30}$'),
    add constraint attempts_status check (
        status in ('CREATED', 'UNKNOWN', 'SETTLED', 'PAID_AGAIN', 'FAILED', 'EXPIRED', 'REVERSED')
    ),
    add constraint attempts_money check (
        (status in ('SETTLED', 'PAID_AGAIN', 'REVERSED')) = (provider_reference is not null)
    );
