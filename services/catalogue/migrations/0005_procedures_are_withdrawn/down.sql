alter table procedures
    drop constraint procedures_withdrawal,
    drop column withdrawal_reason,
    drop column withdrawal_decision,
    drop column withdrawn_at;
