-- I2. Accounts hold what was paid and did not go back: of a provider what its attempts took, of an agency what was paid towards its orders, what its
-- cashiers took in cash, and as owed to payers what was paid again; what went back by hand is less at the agency's bank.
with booked as (
    select a.kind, a.owner, sum(case when a.kind in ('PROVIDER_CLEARING', 'AGENCY_BANK', 'CASH') then side.debited else -side.debited end) as amount
    from (select debit as account, amount as debited from transfers union all select credit, -amount from transfers) side
    join ledger_accounts a on a.id = side.account
    group by a.kind, a.owner
),
moved as (
    select case a.provider when 'CASH' then 'CASH' else 'PROVIDER_CLEARING' end as kind,
        case a.provider when 'CASH' then o.agency else a.provider end as owner, a.amount
    from attempts a
    join orders o on o.id = a.order_id
    where a.status in ('SETTLED', 'PAID_AGAIN')
    union all
    select 'FEE_INCOME', agency, paid - refunded from orders where paid > 0
    union all
    select 'OWED_TO_PAYERS', o.agency, a.amount from attempts a join orders o on o.id = a.order_id where a.status = 'PAID_AGAIN'
    union all
    select 'OWED_TO_PAYERS', f.agency, -f.amount
    from refunds f
    join attempts a on a.id = f.attempt_id
    where f.state = 'DONE' and a.status = 'PAID_AGAIN'
    union all
    select case f.way when 'PROVIDER' then 'PROVIDER_CLEARING' else 'AGENCY_BANK' end,
        case f.way when 'PROVIDER' then a.provider else f.agency end, -f.amount
    from refunds f
    join attempts a on a.id = f.attempt_id
    where f.state = 'DONE'
),
paid as (select kind, owner, sum(amount) as amount from moved group by kind, owner)
select format('%s of %s: booked %s, paid %s', kind, owner, coalesce(booked.amount, 0), coalesce(paid.amount, 0))
from booked
full join paid using (kind, owner)
where coalesce(booked.amount, 0) <> coalesce(paid.amount, 0)
