-- An order is paid in parts: more than one attempt settles (expand). That no more is paid than is due the order's own sums say.
drop index attempts_one_settles;
create index attempts_that_settled on attempts (order_id) where status = 'SETTLED';
