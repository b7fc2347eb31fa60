-- More providers than VNPAY (expand), and the page that a provider named when it was told of a payment to come: the same for whoever opens it again.
alter table attempts drop constraint attempts_provider;
alter table attempts
    add column checkout_url text,
    add constraint attempts_provider check (provider in ('VNPAY', 'MOMO', 'ZALOPAY', 'VIETQR', 'NATIONAL'));
