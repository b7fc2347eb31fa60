drop table waivers;
