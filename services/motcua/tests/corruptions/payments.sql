-- entries of the log altered → payments: audit_seals_hold
update audit_log set actor_id = null, detail = '{}';

-- the capture gone → payments: paid_orders_have_one_capture
delete from transfers where purpose = 'CAPTURE';

-- the surplus gone → payments: attempts_with_money_have_one_transfer
delete from transfers where purpose = 'SURPLUS';

-- an account of the ledger gone → payments: debits_equal_credits
delete from ledger_accounts where kind = 'FEE_INCOME';

-- amounts altered → payments: balances_are_what_was_paid
update transfers set amount = amount + 1;

-- a surplus invented → payments: money_is_never_given_back_twice
insert into transfers (id, purpose, debit, credit, currency, amount, order_id, attempt_id, cause_id, created_at)
    select other, purpose, debit, credit, currency, amount, order_id, other, other, created_at
    from transfers, gen_random_uuid() other where purpose = 'SURPLUS';

-- a transfer of another cause → payments: transfers_name_a_cause_that_there_is
update transfers set cause_kind = 'REFUND', cause_id = order_id, attempt_id = null where purpose = 'SURPLUS';

-- a version of the history gone → payments: order_versions_have_no_gap
delete from order_history where version = 2;

-- a step of an order from elsewhere → payments: order_steps_are_edges
update order_history set order_from = 'PAID' where cause = 'STARTED';

-- a step of an attempt from elsewhere → payments: attempt_steps_are_edges
update order_history set attempt_from = 'FAILED' where attempt_to = 'SETTLED';

-- a paid order is due again → payments: histories_end_at_the_present
update orders set status = 'DUE', paid = 0, paid_at = null;

-- a settlement told twice → payments: settlements_are_told_once
insert into outbox (id, type, subject, payload, waiting_for, created_at, receipted_at)
    select gen_random_uuid(), type, subject, payload, waiting_for, created_at, receipted_at from outbox;

-- nothing was told → payments: settlements_are_told_once
delete from outbox;

-- attempts that nobody asks about → payments: open_attempts_are_asked_about
update attempts set status = 'CREATED', provider_reference = null, paid_at = null; delete from jobs;

-- receipts undone → payments: outbox_rows_wait_or_are_receipted
update outbox set receipted_at = null;

-- handled and given up → payments: dead_letters_were_not_handled
insert into dead_letter select event_id, 'x', '{}', 'x', now(), null from inbox;

-- keys doubled → payments: creations_have_one_key
insert into idempotency_keys select scope, key || 'x', fingerprint, status, location, etag, body, created_at
    from idempotency_keys;

-- a paid order due again → submissions and payments: paid_dossiers_have_paid_orders
update orders set status = 'DUE', paid = 0, paid_at = null;

-- orders gone → submissions and payments: fees_due_have_orders
delete from orders;

-- lines gone → payments: order_lines_make_the_total
delete from order_lines;

-- a line dearer → payments: order_lines_make_the_total
update order_lines set amount = amount + 1;

-- a line for more → submissions and payments: charges_are_ordered_line_by_line
update order_lines set quantity = quantity + 1;

-- the income of another agency → payments: orders_name_their_agency
update orders set agency = 'H44.101';

-- another payer → payments and submissions: orders_are_owed_by_applicants
update orders set payer_id = gen_random_uuid();

-- an order paid at another time → payments: attempts_are_for_their_order
update orders set paid_at = paid_at + interval '1 day';

-- an attempt over less → payments: attempts_are_for_their_order
update attempts set amount = amount - 1;

-- an attempt called otherwise → payments: attempts_are_for_their_order
update attempts set reference = reverse(reference);

-- the word of the provider gone → payments: money_has_the_providers_word
delete from provider_callbacks;

-- the word of the provider forged → payments: money_has_the_providers_word
update provider_callbacks set verdict = 'FORGED';

-- another number of the provider → payments: money_has_the_providers_word
update attempts set provider_reference = '9' || provider_reference;

-- money the wrong way → payments: transfers_go_the_right_way
update transfers set debit = credit, credit = debit;

-- money of another agency → payments: transfers_go_the_right_way
update ledger_accounts set owner = 'H44.101' where kind = 'FEE_INCOME';

-- the entry of an attempt gone → payments: steps_are_audited
delete from audit_log where action = 'payment_attempt.started';

-- opened at another time → payments: dates_are_those_of_the_history
update orders set created_at = created_at - interval '1 day';

-- an attempt begun at another time → payments: dates_are_those_of_the_history
update attempts set created_at = created_at - interval '1 day';

-- paid since long ago → payments: dates_are_those_of_the_history
update orders set state_since = state_since - interval '9 days';

-- told over another amount → payments: present_states_are_told
update outbox set payload = replace(payload, '16000', '1') where type = 'vn.motcua.payment.settled.v1';

-- told as unpaid → payments: present_states_are_told
update outbox set payload = replace(payload, '"PAID"', '"DUE"') where type = 'vn.motcua.order.moved.v1';

-- money on its way back that nobody asked for → payments: refunds_are_within_what_was_taken
update attempts set going_back = 1 where status = 'PAID_AGAIN';

-- a waiver that its order does not know → payments: waivers_are_what_was_waived
insert into waivers (id, order_id, agency, code, class, legal_basis, proof, amount, state, asked_by, asked_by_name, asked_at, decided_at, version)
    select gen_random_uuid(), id, agency, code, 'MERIT', 'x', 'x', 1, 'APPROVED', gen_random_uuid(), 'x', now(), now(), 1 from orders;

-- a refund done and not booked → payments: refunds_done_are_booked
insert into refunds (id, order_id, attempt_id, agency, cause, amount, way, state, reason, asked_by, asked_by_name, asked_at, proof, done_at,
        state_since)
    select gen_random_uuid(), order_id, id, 'H44.100', 'PAID_AGAIN', 1, 'BY_HAND', 'DONE', 'x', gen_random_uuid(), 'x', now(), 'x', now(), now()
    from attempts where status = 'PAID_AGAIN';

-- a refund that nobody follows → payments: open_refunds_are_followed
insert into refunds (id, order_id, attempt_id, agency, cause, amount, way, state, reason, asked_by, asked_by_name, asked_at, state_since)
    select gen_random_uuid(), order_id, id, 'H44.100', 'PAID_AGAIN', 1, 'PROVIDER', 'APPROVED', 'x', gen_random_uuid(), 'x', now(), now()
    from attempts where status = 'PAID_AGAIN';

-- a transfer that its attempt does not know → payments: bank_credits_are_what_they_paid
insert into bank_credits (id, source, bank, transaction_id, ours, amount, content, codes, booked_at, raw, signed, agency, state, state_since,
        order_id, attempt_id, received_at)
    select gen_random_uuid(), 'NOTICE', '970415', 'FT1', true, 1, 'x', '{}', now(), 'x', 'x', 'H44.100', 'TAKEN', now(), order_id, id, now()
    from attempts where status = 'PAID_AGAIN';

-- money taken in no shift → payments: takings_are_in_their_shifts
update attempts set provider = 'CASH' where status = 'SETTLED';

-- receipts gone → payments: receipt_numbers_have_no_gap
delete from receipts;

-- a receipt over more → payments: receipts_are_of_their_payments
update receipts set amount = amount + 1;

-- an event heard that was never sent ✗ senders forget what they told after thirty days, listeners do not
insert into inbox values (gen_random_uuid(), now());

-- a day signed for more than was booked → payments: closed_days_are_reproducible
insert into closed_days values ('H44.100', '2026-07-20', gen_random_uuid(), 'x', now(), 0);
insert into closed_day_figures values ('H44.100', '2026-07-20', 'VNPAY', 'CAPTURE', 1, 1000);

-- a statement that nobody compares → payments: statements_are_compared
insert into statements (id, agency, source, account, file_name, sha256, from_day, until_day, lines, new_lines, state, loaded_by,
    loaded_by_name, loaded_at)
    values (gen_random_uuid(), 'H44.100', 'VNPAY', 'x', 'x', '', '2026-07-20', '2026-07-20', 0, 0, 'COMPARING', gen_random_uuid(), 'x', now());

-- a line that differs, and nobody is told → payments: lines_that_differ_have_a_difference
with loaded as (
    insert into statements (id, agency, source, account, file_name, sha256, from_day, until_day, lines, new_lines, state, loaded_by,
        loaded_by_name, loaded_at, compared_at)
        values (gen_random_uuid(), 'H44.100', 'VNPAY', 'x', 'x', '', '2026-07-20', '2026-07-20', 1, 1, 'COMPARED', gen_random_uuid(), 'x',
            now(), now())
        returning id)
insert into statement_lines (statement_id, number, key, day, direction, amount, status, text, outcome)
    select id, 2, '', '2026-07-20', 'IN', 1000, 'DONE', '', 'DIFFERS' from loaded;

-- a joint payment of nothing → payments: joint_payments_are_their_attempts
insert into joint_payments (id, payer_kind, payer_id, provider, reference, total, created_at, expires_at)
    values (gen_random_uuid(), 'PERSON', gen_random_uuid(), 'VNPAY', 'x', 1000, now(), now());
