-- Fails when something was reversed.
drop index transfers_one_capture;
create unique index transfers_one_capture on transfers (order_id) where purpose = 'CAPTURE';
alter table transfers
    drop constraint transfers_purpose,
    drop constraint transfers_cause_kind,
    drop column round,
    add constraint transfers_purpose check (purpose in ('CAPTURE', 'SURPLUS', 'REFUND')),
    add constraint transfers_cause_kind check (cause_kind in ('ATTEMPT', 'CASH_RECEIPT', 'REFUND', 'STATEMENT_LINE'));
