-- Why dossiers are late, with what proves it. What is written stays.
create table lateness_causes (
    dossier uuid not null constraint lateness_causes_dossier references dossiers (id),
    seq integer not null constraint lateness_causes_seq check (seq > 0),
    cause text not null constraint lateness_causes_cause
        check (cause in ('OFFICIAL', 'APPLICANT', 'TAX', 'OTHER_AGENCY', 'REGISTER', 'SYNCHRONISATION', 'SYSTEM')),
    proof text not null constraint lateness_causes_proof check (proof <> ''),
    noted_by uuid not null,
    noted_at timestamptz not null,
    constraint lateness_causes_pkey primary key (dossier, seq)
);
