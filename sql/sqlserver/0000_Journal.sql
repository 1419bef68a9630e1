-- The journal of the migrations themselves.
-- Twin: sql/sqlite/0000_Journal.sql.

CREATE TABLE SchemaJournal (
  Number int NOT NULL CONSTRAINT PK_SchemaJournal PRIMARY KEY,
  Name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AppliedAt datetimeoffset(3) NOT NULL,
  ProgramVersion nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL
);
GO
CREATE TRIGGER TR_SchemaJournal_NoUpdate ON SchemaJournal INSTEAD OF UPDATE AS THROW 50001, 'SchemaJournal is append-only', 1;
GO
CREATE TRIGGER TR_SchemaJournal_NoDelete ON SchemaJournal INSTEAD OF DELETE AS THROW 50001, 'SchemaJournal is append-only', 1;
GO
