-- Fails when an attempt was begun at another provider.
alter table attempts
    drop column checkout_url,
    drop constraint attempts_provider;
alter table attempts add constraint attempts_provider check (provider in ('VNPAY'));
