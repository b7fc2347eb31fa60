-- What a dossier is charged for is what its order says, once payments has receipted it. Charges of the
-- version before have no lines; what was taken back may never have come to payments.
-- each of submissions:
select format('order %s, line %s: %s times %s VND for %s', c.order_id, place - 1, line ->> 'quantity', line -> 'unit_amount' ->> 'amount',
    line -> 'name' ->> 'vi')
from charges c
cross join lateral json_array_elements(c.lines::json) with ordinality as lines (line, place)
where c.state <> 'CANCELLED' and not exists (
    select from outbox b
    where b.receipted_at is null and b.type in ('vn.motcua.dossier.fee_due.v1', 'vn.motcua.dossier.moved.v1') and b.subject = c.dossier::text)
-- is one of payments:
select format('order %s, line %s: %s times %s VND for %s', order_id, position, quantity, unit_amount, name_vi) from order_lines
union
select format('order %s, line %s: %s times %s VND for %s', event ->> 'order_id', place - 1, line ->> 'quantity',
    line -> 'unit_amount' ->> 'amount', line -> 'name' ->> 'vi')
from (select payload::json -> 'data' as event from dead_letter where type = 'vn.motcua.dossier.fee_due.v1') d
cross join lateral json_array_elements(event -> 'lines') with ordinality as lines (line, place)
