-- What others were told of an order's present version, or of its payment, is what its row says. (What was told long ago is forgotten.)
select format('order %s of dossier %s: told as %s, %s of %s VND paid; it is %s, %s of %s VND paid', o.id, o.dossier_id, t.state,
    t.paid ->> 'amount', t.total ->> 'amount', o.status, o.paid, o.total)
from outbox
cross join lateral json_to_record(payload::json -> 'data') as t (
    order_id uuid, version integer, dossier_id uuid, agency text, payer json, state text, total json, waived json, paid json, paid_at timestamptz)
join orders o on o.id = t.order_id and o.version = t.version
where type = 'vn.motcua.order.moved.v1'
    and (t.dossier_id, t.agency, t.payer ->> 'kind', t.payer ->> 'id', t.state, (t.total ->> 'amount')::bigint,
            -- The version before waived nothing.
            coalesce((t.waived ->> 'amount')::bigint, 0), (t.paid ->> 'amount')::bigint, t.paid_at)
        is distinct from (o.dossier_id, o.agency, o.payer_kind, o.payer_id::text, o.status, o.total, o.waived, o.paid, o.paid_at)
union all
select format('order %s of dossier %s: told that %s VND were paid for dossier %s, it is %s VND', o.id, o.dossier_id,
    t.amount ->> 'amount', t.dossier_id, o.paid)
from outbox
cross join lateral json_to_record(payload::json -> 'data') as t (order_id uuid, dossier_id uuid, amount json)
join orders o on o.id = t.order_id
where type = 'vn.motcua.payment.settled.v1'
    -- What was taken wrongly went back since.
    and o.reversals = 0
    and (t.dossier_id, (t.amount ->> 'amount')::bigint) is distinct from (o.dossier_id, o.paid)
