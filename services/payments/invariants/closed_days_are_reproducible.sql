-- What was signed as booked on a day is what the ledger holds of that day, in Vietnam, still: nothing came to it later.
with booked as (
    select o.agency, (t.created_at at time zone 'UTC' + interval '7 hours')::date as day,
        case m.kind when 'PROVIDER_CLEARING' then m.owner else m.kind end as channel, t.purpose,
        count(*) as transfers, sum(t.amount) as amount
    from transfers t
    join orders o on o.id = t.order_id
    join ledger_accounts d on d.id = t.debit
    join ledger_accounts c on c.id = t.credit
    cross join lateral (
        select case when d.kind in ('FEE_INCOME', 'OWED_TO_PAYERS') then c.kind else d.kind end as kind,
            case when d.kind in ('FEE_INCOME', 'OWED_TO_PAYERS') then c.owner else d.owner end as owner) m
    where exists (
        select from closed_days s
        where s.agency = o.agency and s.day = (t.created_at at time zone 'UTC' + interval '7 hours')::date)
    group by o.agency, day, channel, t.purpose
)
select format('%s on %s, %s %s: signed %s VND in %s transfers, booked %s in %s', agency, day, channel, purpose, coalesce(s.amount, 0),
    coalesce(s.transfers, 0), coalesce(b.amount, 0), coalesce(b.transfers, 0))
from closed_day_figures s
full join booked b using (agency, day, channel, purpose)
where s.amount is distinct from b.amount or s.transfers is distinct from b.transfers
