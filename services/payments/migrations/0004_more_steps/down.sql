-- Fails when a step was taken that could not be said before.
alter table order_history
    drop constraint order_history_steps,
    drop constraint order_history_cause,
    drop column refund_id;
alter table order_history
    add constraint order_history_cause check (
        cause in ('OPENED', 'STARTED', 'PAID', 'FAILED', 'NOT_PAID_IN_TIME', 'NO_ANSWER')
    ),
    add constraint order_history_steps check (
        (cause = 'OPENED') = (order_from is null) and (cause = 'OPENED') = (attempt_to is null)
        and (attempt_id is null) = (attempt_to is null) and (cause in ('OPENED', 'STARTED')) = (attempt_from is null)
    );
