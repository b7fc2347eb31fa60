-- Money that came goes from what its provider owes us, or an agency's cashiers have in cash, to what the order's agency earned, or owes its payer when it came twice.
select format('transfer %s (%s) of order %s: from %s of %s to %s of %s', t.id, t.purpose, t.order_id, d.kind, d.owner, c.kind, c.owner)
from transfers t
join orders o on o.id = t.order_id
join attempts a on a.id = t.cause_id and t.cause_kind = 'ATTEMPT'
join ledger_accounts d on d.id = t.debit
join ledger_accounts c on c.id = t.credit
where (d.kind, d.owner, c.kind, c.owner) is distinct from (
    case a.provider when 'CASH' then 'CASH' else 'PROVIDER_CLEARING' end,
    case a.provider when 'CASH' then o.agency else a.provider end, case t.purpose when 'CAPTURE' then 'FEE_INCOME' else 'OWED_TO_PAYERS' end, o.agency)
union all
-- What goes back leaves what the agency earned or owes by it, the way it came or from the agency's bank.
select format('transfer %s (%s) of order %s: from %s of %s to %s of %s', t.id, t.purpose, t.order_id, d.kind, d.owner, c.kind, c.owner)
from transfers t
join refunds f on f.id = t.cause_id and t.cause_kind = 'REFUND'
join attempts a on a.id = f.attempt_id
join ledger_accounts d on d.id = t.debit
join ledger_accounts c on c.id = t.credit
where (d.kind, d.owner, c.kind, c.owner) is distinct from (
    case a.status when 'SETTLED' then 'FEE_INCOME' else 'OWED_TO_PAYERS' end, f.agency,
    case f.way when 'PROVIDER' then 'PROVIDER_CLEARING' else 'AGENCY_BANK' end,
    case f.way when 'PROVIDER' then a.provider else f.agency end)
union all
-- What was taken wrongly goes the same way back.
select format('transfer %s (%s) of order %s is not the way back of %s', t.id, t.purpose, t.order_id, c.id)
from transfers t
left join transfers c on c.cause_id = t.cause_id and c.cause_kind = 'ATTEMPT'
where t.cause_kind = 'REVERSAL'
    and (t.debit, t.credit, t.amount, t.currency, t.order_id) is distinct from (c.credit, c.debit, c.amount, c.currency, c.order_id)
