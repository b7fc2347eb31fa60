drop table parcels;
drop table manifests;
