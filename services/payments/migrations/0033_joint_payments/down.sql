-- Fails when several orders were paid together.
alter table attempts drop constraint attempts_provider_reference;
drop index attempts_of_joint_payment;
alter table attempts
    drop column joint_payment_id,
    drop column joint_position,
    add constraint attempts_provider_reference unique (provider, provider_reference);
drop table joint_payments;
