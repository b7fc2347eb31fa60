drop table outbox_horizon;
