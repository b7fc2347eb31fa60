-- Fails when an order was paid in parts.
drop index attempts_that_settled;
create unique index attempts_one_settles on attempts (order_id) where status = 'SETTLED';
