-- Fails when something was waived.
alter table order_history
    drop constraint order_history_cause,
    drop constraint order_history_steps;
alter table order_history
    add constraint order_history_cause check (
        cause in (
            'OPENED', 'STARTED', 'PAID', 'FAILED', 'NOT_PAID_IN_TIME', 'NO_ANSWER', 'CANCELLED', 'REFUND_ASKED',
            'REFUND_DONE', 'REFUND_FAILED', 'REVERSED'
        )
    ),
    add constraint order_history_steps check (
        (cause = 'OPENED') = (order_from is null)
        and (attempt_id is null) = (attempt_to is null)
        and (attempt_id is null) = (cause in ('OPENED', 'CANCELLED', 'REFUND_ASKED', 'REFUND_DONE', 'REFUND_FAILED'))
        and (attempt_from is null) = (attempt_id is null or cause = 'STARTED')
        and (refund_id is not null) = (cause in ('REFUND_ASKED', 'REFUND_DONE', 'REFUND_FAILED'))
    );
