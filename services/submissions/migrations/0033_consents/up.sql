-- That who files online with an official's help agreed to it: who helped where, when, and by which proof. Never edited.
create table consents (
    dossier uuid constraint consents_pkey primary key constraint consents_dossier references dossiers (id),
    helper uuid not null,
    agency text not null,
    proof text not null constraint consents_proof check (proof in ('SIGNED_PAPER', 'CARD_SHOWN', 'RECORDED_WORD')),
    given_at timestamptz not null
);
