-- What was asked about a dossier while it was worked on: papers of the applicant, the opinion of another agency, more time, the
-- correction of what was finished.
create table requests (
    dossier uuid not null constraint requests_dossier references dossiers (id),
    seq integer not null constraint requests_seq check (seq > 0),
    kind text not null constraint requests_kind check (kind in ('SUPPLEMENT', 'CONSULTATION', 'EXTENSION', 'CORRECTION')),
    state text not null constraint requests_state check (state in ('OPEN', 'ANSWERED', 'CANCELLED')),
    -- Of whom: an agency, for a consultation; otherwise the applicant.
    asked_of text,
    asked_by uuid not null,
    asked_at timestamptz not null,
    -- What is asked; of an extension, its reason and the apology.
    text text not null,
    answer_by timestamptz,
    answered_at timestamptz,
    constraint requests_pkey primary key (dossier, seq),
    constraint requests_asked_of check (asked_of is null or kind = 'CONSULTATION'),
    constraint requests_answered check ((state = 'ANSWERED') = (answered_at is not null))
);
