drop table transfers;
drop table ledger_accounts;
drop table order_history;
drop table provider_callbacks;
drop table attempts;
drop table order_lines;
drop table orders;
drop function refuse_change();
