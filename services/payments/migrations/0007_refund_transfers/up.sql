-- Money goes back (expand): a transfer of its own, caused by a refund.
alter table transfers drop constraint transfers_purpose;
alter table transfers add constraint transfers_purpose check (purpose in ('CAPTURE', 'SURPLUS', 'REFUND'));
