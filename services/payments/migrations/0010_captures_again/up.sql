-- What was taken wrongly goes back by a transfer of its own, and the order can be paid again: once for each time that it was reversed
-- (expand). The database goes on refusing a second capture.
alter table transfers
    add column round integer not null default 1,
    drop constraint transfers_purpose,
    drop constraint transfers_cause_kind,
    add constraint transfers_purpose check (purpose in ('CAPTURE', 'SURPLUS', 'REFUND', 'REVERSAL')),
    add constraint transfers_cause_kind check (
        cause_kind in ('ATTEMPT', 'CASH_RECEIPT', 'REFUND', 'STATEMENT_LINE', 'REVERSAL')
    ),
    add constraint transfers_round check (round > 0);
drop index transfers_one_capture;
create unique index transfers_one_capture on transfers (order_id, round) where purpose = 'CAPTURE';
