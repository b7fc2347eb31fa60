-- What a document is that ends a dossier: what was applied for, or why it is declined.
alter table results
    add column kind text not null default 'RESULT' constraint results_kind check (kind in ('RESULT', 'REFUSAL'));
