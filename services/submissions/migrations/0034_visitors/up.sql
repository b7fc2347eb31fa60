-- Who a person without an account is, who came to a counter: by her citizen number, so that her dossiers are found together. It is
-- personal data, and says no more than the dossiers do.
create table visitors (
    citizen_number text constraint visitors_pkey primary key,
    party uuid not null,
    noted_at timestamptz not null
);
