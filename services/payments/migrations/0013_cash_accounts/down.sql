-- Fails when cash was taken.
alter table ledger_accounts drop constraint ledger_accounts_kind;
alter table ledger_accounts add constraint ledger_accounts_kind check (
    kind in ('PROVIDER_CLEARING', 'FEE_INCOME', 'OWED_TO_PAYERS', 'AGENCY_BANK')
);
