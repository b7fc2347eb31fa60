delete from confirmations where purpose = 'REGISTRATION';
drop index confirmations_by_origin;
alter table confirmations
    drop column origin,
    drop constraint confirmations_purpose,
    add constraint confirmations_purpose check (purpose in ('PASSWORD_RESET', 'EMAIL_CHANGE'));
