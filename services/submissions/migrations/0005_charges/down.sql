drop trigger dossiers_charged on dossiers;
drop function keep_charge;
drop table charges;
