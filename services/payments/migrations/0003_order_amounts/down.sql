-- Fails when an order is in a state that could not be said before.
drop trigger orders_are_complete on orders;
drop function complete_order;
alter table orders
    drop constraint orders_paid_at,
    drop constraint orders_refunded,
    drop constraint orders_paid,
    drop constraint orders_status,
    drop column state_since,
    drop column refunded,
    drop column paid,
    add constraint orders_status check (status in ('DUE', 'PAID')),
    add constraint orders_paid check ((status = 'PAID') = (paid_at is not null));
