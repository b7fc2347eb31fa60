delete from phrases where action in ('EXTEND', 'CANCEL_CHARGE', 'SEND_BACK', 'GIVE_BACK', 'CORRECT');
alter table phrases
    drop constraint phrases_action,
    add constraint phrases_action check (action in ('REFUSE', 'REQUEST_SUPPLEMENT', 'STOP', 'DECLINE'));
