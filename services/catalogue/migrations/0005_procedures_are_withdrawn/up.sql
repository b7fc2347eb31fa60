-- Procedures that are not offered any more: since when, by which decision, why.
alter table procedures
    add column withdrawn_at timestamptz,
    add column withdrawal_decision text,
    add column withdrawal_reason text,
    add constraint procedures_withdrawal check (
        (withdrawn_at is null) = (withdrawal_reason is null) and (withdrawn_at is null) = (withdrawal_decision is null));
