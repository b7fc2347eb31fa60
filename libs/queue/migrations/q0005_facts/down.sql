drop table replays;
drop table fact_versions;
