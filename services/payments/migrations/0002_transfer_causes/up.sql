-- A transfer names its cause (expand): an attempt today; a cash receipt, a refund, a line of a statement when there are such.
-- One cause, one transfer. `attempt_id` stays while the version before this one reads and writes it, and goes in a later migration.
alter table transfers
    add column cause_kind text not null default 'ATTEMPT',
    add column cause_id uuid,
    alter column attempt_id drop not null;

-- The ledger refuses every change. Only this transaction, which holds the table for itself, switches that off, to write beside
-- what is there what it says already; no amount, account or date is touched.
alter table transfers disable trigger transfers_only_grow;
update transfers set cause_id = attempt_id;
alter table transfers enable trigger transfers_only_grow;

-- The version before this one names the attempt only.
create function cause_of_transfer() returns trigger language plpgsql as $$
begin
    new.cause_id := coalesce(new.cause_id, new.attempt_id);
    return new;
end $$;
create trigger transfers_name_their_cause before insert on transfers for each row execute function cause_of_transfer();

alter table transfers
    add constraint transfers_cause_kind check (cause_kind in ('ATTEMPT', 'CASH_RECEIPT', 'REFUND', 'STATEMENT_LINE')),
    add constraint transfers_one_a_cause unique (cause_kind, cause_id),
    add constraint transfers_attempt_is_cause check (
        cause_id is not null and (cause_kind = 'ATTEMPT') = (attempt_id is not null)
        and (attempt_id is null or attempt_id = cause_id)
    );
