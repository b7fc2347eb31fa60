-- The charges of a dossier are rounds from 1, each worth its lines; the one in advance is what the dossier's own row says for the version
-- before.
select format('dossier %s, round %s after %s: order %s over %s VND, its lines over %s', dossier, round, place - 1, order_id, total, lined)
from (
    select c.*, row_number() over (partition by dossier order by round) as place,
        (select sum((line -> 'amount' ->> 'amount')::bigint) from jsonb_array_elements(lines::jsonb) line) as lined
    from charges c
) charge
where round <> place or lined <> total
union all
select format('dossier %s (%s): order %s over %s VND paid at %s, charged %s over %s VND paid at %s', d.id, d.code, d.order_id, d.fee_total,
    d.fee_paid_at, c.order_id, c.total, c.paid_at)
from dossiers d
left join charges c on c.dossier = d.id and c.reason = 'IN_ADVANCE'
where (d.order_id, d.fee_total, d.fee_paid_at) is distinct from (c.order_id, c.total, c.paid_at)
