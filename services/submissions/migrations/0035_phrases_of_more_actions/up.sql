-- Phrases for everything that officials give a reason for.
alter table phrases
    drop constraint phrases_action,
    add constraint phrases_action check (action in (
        'REFUSE', 'REQUEST_SUPPLEMENT', 'STOP', 'DECLINE', 'EXTEND', 'CANCEL_CHARGE', 'SEND_BACK', 'GIVE_BACK', 'CORRECT'));
