-- An order knows that its dossier ended or stands still without a result (expand): what was paid for it may have to go back.
alter table orders
    add column dossier_end text,
    add constraint orders_dossier_end check (dossier_end in ('NOT_RECEIVED', 'WITHDRAWN', 'STOPPED'));
