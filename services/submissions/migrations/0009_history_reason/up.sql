-- Why a dossier came to a status, in words that its applicant reads too; what is for officials alone stays in the note.
alter table dossier_history add column reason text;
