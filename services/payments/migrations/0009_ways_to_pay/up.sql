-- More providers than VNPAY (expand), and the page that a provider named when it was told of a payment to come: the same for whoever opens it again.
-- Which ways to pay there are stands in the code (`domain/provider.rs`).
alter table attempts drop constraint attempts_provider;
alter table attempts
    add column checkout_url text,
    add constraint attempts_provider check (provider ~ '^[A-Z][A-Z0-9_]{1,30}$');
