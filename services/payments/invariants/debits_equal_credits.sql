-- I1. In each currency as much is debited as credited, to accounts of that currency.
select format('%s: debits less credits are %s', currency, sum(amount))
from (
    select a.currency, t.amount from transfers t join ledger_accounts a on a.id = t.debit
    union all
    select a.currency, -t.amount from transfers t join ledger_accounts a on a.id = t.credit
) sides
group by currency
having sum(amount) <> 0
