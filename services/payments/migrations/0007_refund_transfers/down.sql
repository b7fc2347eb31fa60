-- Fails when money went back.
alter table transfers drop constraint transfers_purpose;
alter table transfers add constraint transfers_purpose check (purpose in ('CAPTURE', 'SURPLUS'));
