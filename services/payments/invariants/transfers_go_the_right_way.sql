-- Money that came goes from what its provider owes us to what the order's agency earned, or owes its payer when it came twice.
select format('transfer %s (%s) of order %s: from %s of %s to %s of %s', t.id, t.purpose, t.order_id, d.kind, d.owner, c.kind, c.owner)
from transfers t
join orders o on o.id = t.order_id
join attempts a on a.id = t.cause_id and t.cause_kind = 'ATTEMPT'
join ledger_accounts d on d.id = t.debit
join ledger_accounts c on c.id = t.credit
where (d.kind, d.owner, c.kind, c.owner) is distinct from (
    'PROVIDER_CLEARING', a.provider, case t.purpose when 'CAPTURE' then 'FEE_INCOME' else 'OWED_TO_PAYERS' end, o.agency)
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
