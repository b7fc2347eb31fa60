-- Several orders of a payer are paid in one go at one provider: an attempt for each of them, all under one reference and over one sum (expand).
-- What became of it stands in its attempts. Those that are not part of one are at position 0, as the first of each is: no other takes money
-- under its number.
create table joint_payments (
    id uuid primary key,
    payer_kind text not null,
    payer_id uuid not null,
    provider text not null,
    -- Our name for it at the provider.
    reference text not null,
    -- đồng, of all its attempts
    total bigint not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint joint_payments_payer_kind check (payer_kind in ('PERSON', 'ORGANISATION')),
    constraint joint_payments_reference unique (provider, reference),
    constraint joint_payments_total check (total > 0)
);
alter table attempts
    add column joint_payment_id uuid,
    add column joint_position smallint not null default 0,
    drop constraint attempts_provider_reference;
alter table attempts
    add constraint attempts_provider_reference unique (provider, provider_reference, joint_position),
    add constraint attempts_joint_payment foreign key (joint_payment_id) references joint_payments (id),
    add constraint attempts_joint_position check (joint_position >= 0 and (joint_payment_id is not null or joint_position = 0));
create unique index attempts_of_joint_payment on attempts (joint_payment_id, joint_position) where joint_payment_id is not null;
