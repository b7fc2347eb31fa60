-- Orders that are due, {first} to {last}, of eight agencies, whose payers know what they owe; one half is about to be paid at a provider
-- ('{online}'…), the other at a counter ('{counter}'…).
create temporary table bill as
select lpad(to_hex(n), 12, '0') as hex, n, 'H44.' || (101 + n % 8) as agency, online
from generate_series({first}::bigint, {last}::bigint) n, (values (true), (false)) way (online);
insert into orders (id, dossier_id, code, agency, payer_kind, payer_id, total, status, version, due_at, created_at, state_since)
select (case when online then '{online}' else '{counter}' end || hex)::uuid, ('00000009-0000-7000-8000-' || hex)::uuid,
    agency || '-261130-' || lpad((n % 9999 + 1)::text, 4, '0'), agency, 'PERSON', ('cccccccc-0000-4000-8000-' || lpad(to_hex(n % 512), 12, '0'))::uuid,
    50000, 'DUE', case when online then 2 else 1 end, now() + interval '30 days', now(), now()
from bill;
insert into order_lines (order_id, position, name_vi, name_en, quantity, unit_amount, amount)
select (case when online then '{online}' else '{counter}' end || hex)::uuid, 1, 'Lệ phí', 'Fee', 1, 50000, 50000 from bill;
insert into order_history (order_id, version, at, cause, order_to)
select (case when online then '{online}' else '{counter}' end || hex)::uuid, 1, now(), 'OPENED', 'DUE' from bill;
insert into attempts (id, order_id, provider, reference, amount, status, created_at, expires_at)
select ('{attempt}' || hex)::uuid, ('{online}' || hex)::uuid, 'VNPAY', replace('{attempt}' || hex, '-', ''), 50000, 'CREATED', now(),
    now() + interval '1 day'
from bill where online;
insert into order_history (order_id, version, at, cause, order_from, order_to, attempt_id, attempt_to)
select ('{online}' || hex)::uuid, 2, now(), 'STARTED', 'DUE', 'DUE', ('{attempt}' || hex)::uuid, 'CREATED' from bill where online;
drop table bill;
