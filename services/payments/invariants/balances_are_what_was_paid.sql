-- I2. Accounts hold what was paid: of a provider what its attempts took, of an agency what was paid towards its orders, and as owed to
-- payers what was paid again.
with booked as (
    select a.kind, a.owner, sum(side.amount) as amount
    from (select debit as account, amount from transfers union all select credit, amount from transfers) side
    join ledger_accounts a on a.id = side.account
    group by a.kind, a.owner
),
paid as (
    select 'PROVIDER_CLEARING' as kind, provider as owner, sum(amount) as amount
    from attempts
    where status in ('SETTLED', 'PAID_AGAIN')
    group by provider
    union all
    select 'FEE_INCOME', agency, sum(paid) from orders where paid > 0 group by agency
    union all
    select 'OWED_TO_PAYERS', o.agency, sum(a.amount)
    from attempts a
    join orders o on o.id = a.order_id
    where a.status = 'PAID_AGAIN'
    group by o.agency
)
select format('%s of %s: booked %s, paid %s', kind, owner, coalesce(booked.amount, 0), coalesce(paid.amount, 0))
from booked
full join paid using (kind, owner)
where booked.amount is distinct from paid.amount
