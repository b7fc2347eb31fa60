-- What others were told of an order's present version, or of its payment, is what its row says. (What was told long ago is forgotten.)
with told as (
    select type, payload::json -> 'data' as data
    from outbox
    where type in ('vn.motcua.order.moved.v1', 'vn.motcua.payment.settled.v1')
)
select format('order %s of dossier %s: told as %s, %s of %s VND paid; it is %s, %s of %s VND paid', o.id, o.dossier_id, data ->> 'state',
    data -> 'paid' ->> 'amount', data -> 'total' ->> 'amount', o.status, o.paid, o.total)
from told
join orders o on o.id = (data ->> 'order_id')::uuid
where type = 'vn.motcua.order.moved.v1' and o.version = (data ->> 'version')::integer
    and (data ->> 'dossier_id', data ->> 'agency', data -> 'payer' ->> 'kind', data -> 'payer' ->> 'id', data ->> 'state',
            (data -> 'total' ->> 'amount')::bigint, (data -> 'paid' ->> 'amount')::bigint, (data ->> 'paid_at')::timestamptz)
        is distinct from (o.dossier_id::text, o.agency, o.payer_kind, o.payer_id::text, o.status, o.total, o.paid, o.paid_at)
union all
select format('order %s of dossier %s: told that %s VND were paid for dossier %s, it is %s VND', o.id, o.dossier_id,
    data -> 'amount' ->> 'amount', data ->> 'dossier_id', o.paid)
from told
join orders o on o.id = (data ->> 'order_id')::uuid
where type = 'vn.motcua.payment.settled.v1'
    and (data ->> 'dossier_id', (data -> 'amount' ->> 'amount')::bigint) is distinct from (o.dossier_id::text, o.paid)
